/* Find terms in texts: the compiled core of the engine. See compiled.py, which is its only caller.

   The rules are those of matching.py, which is the reference. What is done here without Python: words are found in any
   text, and what a word of ASCII letters, digits and apostrophes matches. Any other word is given to `resolve` (once, and
   then looked up in the dict `known`), so that accents, capitals and the like of Unicode have one set of rules only.

   A text is first laid out one byte a character, in lower case: `fold`. Bytes over 127 stand for what is not ASCII and
   matters: other letters, marks that belong to the letter before, the acute accent that some use as an apostrophe.
   Places in it are therefore places in the text. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BREAK, SPACE, JOIN, HYPHEN, APOSTROPHE, ACUTE, EXTENDER, LETTER, OTHER_LETTER };
enum { CODE_OTHER = 0x81, CODE_EXTENDER = 0x82, CODE_ACUTE = 0x83 };

/* Zeros before and after a folded text, so that eight bytes can be read from any place of it. */
#define PAD 16
#define HIGH UINT64_C(0x8080808080808080)
#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))
#define START_BITS 13
#define RECENT_BITS 12
#define LONG 31
/* Characters of a word that is kept with what it matches; longer ones hardly come again. */
#define LONGEST_KNOWN 64

static uint8_t class_of[256];  /* by byte of a folded text */
static uint8_t latin[256];     /* byte of a text laid out, by the first 256 characters */

/* A word that texts are compared with: its lower case in `bytes` from `at`, and behind it, where capitals count, itself. */
typedef struct {
    uint64_t head; /* the first eight bytes; of shorter ones the rest is 0 */
    uint32_t at, size;
    int32_t atom;
    int32_t exact;
} Entry;

typedef struct {
    Entry *entries, *slots; /* a slot of size 0 is free */
    Py_ssize_t n, room;
    uint64_t mask;
} Index;

typedef struct {
    uint32_t at, size;
    int32_t atom;
    int32_t exact;
} Glob;

typedef struct {
    int32_t rows; /* first of its links, -1 where no term ends */
    int32_t wild; /* the node that any word leads to, -1 where none does */
    int32_t goes_on;
} Node;

typedef struct {
    int32_t row, next;
} Link;

typedef struct {
    uint64_t key; /* node, and atom + 1 in the lower half; 0 where the slot is free */
    int32_t child;
} Edge;

/* Lengths, as bits, of the whole words and of the stems that begin with some three letters (LONG and more are one);
   bit 0 of the stems says that a wildcard begins so. Starts share a slot where their hashes are the same: a slot
   may promise too much, never too little. */
typedef struct {
    uint32_t whole, stems;
} Start;

/* A word of up to 16 characters that was met before, with its capitals, and what it matches. */
typedef struct {
    uint64_t head, tail;
    int32_t n_atoms, atoms[3];
} Recent;

typedef struct {
    PyObject_HEAD
    PyObject *atoms; /* dict: the words of terms and their numbers */
    uint64_t hashes; /* the bits that are used of hashes: fewer in tests */
    char *bytes;
    Py_ssize_t n_bytes, room_bytes;
    Index whole, stems;
    uint32_t *long_stems; /* lengths of LONG and more */
    Py_ssize_t n_long, room_long;
    Glob *globs;
    Py_ssize_t n_globs, room_globs;
    Start starts[1 << START_BITS];
    uint8_t ends[1 << START_BITS]; /* whether a wildcard that has no start ends so */
    int any_glob;                  /* a wildcard has neither start nor end */
    int32_t any_word;              /* number of the atom *, or -1 */
    Node *nodes;
    Py_ssize_t n_nodes, room_nodes;
    Link *links;
    Py_ssize_t n_links, room_links;
    Edge *edges;
    Py_ssize_t n_edges;
    uint64_t edge_mask;
    int32_t *roots; /* child of the root by atom, or -1 */
    int32_t *scopes;
    Recent *recent; /* by hash; all that changes when texts are read */
} Scanner;

/* ---- Memory ---- */

/* Room for `need` items of `size` bytes; 0, or -1 and MemoryError. */
static int reserve(void *array, Py_ssize_t *room, Py_ssize_t need, size_t size) {
    void *held, *grown;
    if (need <= *room) return 0;
    if (need > PY_SSIZE_T_MAX / 2 || (size_t)need > (size_t)PY_SSIZE_T_MAX / 2 / size) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t wanted = *room > need / 2 ? 2 * *room : need;
    memcpy(&held, array, sizeof held);
    if (wanted < 16) wanted = 16;
    grown = PyMem_Realloc(held, (size_t)wanted * size);
    if (!grown) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(array, &grown, sizeof grown);
    *room = wanted;
    return 0;
}

static void *zeros(size_t n, size_t size) {
    void *made = PyMem_Calloc(n ? n : 1, size);
    if (!made) PyErr_NoMemory();
    return made;
}

/* ---- Eight bytes at a time, the first the lowest ---- */

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#error "the engine's core on numpy has to do on machines whose numbers begin with the highest byte"
#endif

static inline uint64_t load(const uint8_t *at) {
    uint64_t word;
    memcpy(&word, at, 8);
    return word;
}

static inline void store(uint8_t *at, uint64_t word) { memcpy(at, &word, 8); }

/* The first n bytes of a word, n from 1 up. */
static inline uint64_t kept(uint64_t word, size_t n) { return n >= 8 ? word : word & (~UINT64_C(0) >> (64 - 8 * n)); }

/* High bit of every byte from `first` to `last`, both under 128. */
static inline uint64_t between(uint64_t word, unsigned first, unsigned last) {
    uint64_t low = word & ~HIGH;
    return (low + EACH(0x80 - first)) & ~(low + EACH(0x7F - last)) & ~word & HIGH;
}

static inline uint64_t folded(uint64_t word) { return word | between(word, 'A', 'Z') >> 2; }

static inline unsigned first_flag(uint64_t flags) {
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(flags) >> 3;
#else
    unsigned n = 0;
    while (!(flags & 0x80)) flags >>= 8, n++;
    return n;
#endif
}

static inline unsigned first_bit(uint32_t bits) {
#if defined(__GNUC__)
    return (unsigned)__builtin_ctz(bits);
#else
    unsigned n = 0;
    while (!(bits >> n & 1)) n++;
    return n;
#endif
}

static inline uint64_t mixed(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const Scanner *self, const uint8_t *at, size_t size) {
    uint64_t hash = size;
    for (; size > 8; at += 8, size -= 8) hash = mixed(hash, load(at));
    return mixed(hash, kept(load(at), size)) & self->hashes;
}

static inline uint32_t slot_of_three(const Scanner *self, uint64_t three) {
    return (uint32_t)((mixed(0, three) & self->hashes) & ((1 << START_BITS) - 1));
}

/* ---- Terms made ready ---- */

/* Keep bytes of a term, in lower case if asked, with zeros behind; where they stand, or -1. */
static Py_ssize_t keep(Scanner *self, const char *bytes, size_t size, int lower) {
    Py_ssize_t at = self->n_bytes;
    if (size > UINT32_MAX / 4 || at > (Py_ssize_t)(UINT32_MAX / 2)) {
        PyErr_SetString(PyExc_OverflowError, "the terms are too long");
        return -1;
    }
    if (reserve(&self->bytes, &self->room_bytes, at + (Py_ssize_t)size + PAD, 1) < 0) return -1;
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        self->bytes[at + (Py_ssize_t)i] = lower && c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    memset(self->bytes + at + size, 0, PAD);
    self->n_bytes = at + (Py_ssize_t)size;
    return at;
}

static int enter(Scanner *self, Index *index, const char *bytes, size_t size, int32_t atom, int exact) {
    if (size == 0) return 0;
    if (reserve(&index->entries, &index->room, index->n + 1, sizeof(Entry)) < 0) return -1;
    Py_ssize_t at = keep(self, bytes, size, 1);
    if (at < 0) return -1;
    uint64_t head = kept(load((const uint8_t *)self->bytes + at), size);
    if (exact && keep(self, bytes, size, 0) < 0) return -1;
    index->entries[index->n++] = (Entry){head, (uint32_t)at, (uint32_t)size, atom, exact};
    return 0;
}

static int fill(Scanner *self, Index *index) {
    uint64_t n = 16;
    while (n < 3 * (uint64_t)index->n) n *= 2;
    index->slots = zeros(n, sizeof(Entry));
    if (!index->slots) return -1;
    index->mask = n - 1;
    for (Py_ssize_t i = 0; i < index->n; i++) {
        const Entry *one = &index->entries[i];
        uint64_t k = hash_of(self, (const uint8_t *)self->bytes + one->at, one->size) & index->mask;
        while (index->slots[k].size) k = (k + 1) & index->mask;
        index->slots[k] = *one;
    }
    return 0;
}

/* Every group of three bytes that a word has which begins (ends) with these fewer; a shorter word has zeros. */
static void for_each_three(Scanner *self, const uint8_t *some, size_t n, int at_end, uint32_t whole, uint32_t stems) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789'";
    if (n < 3) {
        uint8_t more[3];
        for (size_t i = 0; i < sizeof letters - 1; i++) {
            memcpy(more + at_end, some, n);
            more[at_end ? 0 : n] = (uint8_t)letters[i];
            for_each_three(self, more, n + 1, at_end, whole, stems);
        }
    }
    uint64_t three = 0;
    for (size_t i = 0; i < n && i < 3; i++) three |= (uint64_t)some[i] << 8 * i;
    uint32_t slot = slot_of_three(self, three);
    if (at_end) self->ends[slot] = 1;
    else {
        self->starts[slot].whole |= whole;
        self->starts[slot].stems |= stems;
    }
}

static inline uint32_t length_bit(size_t size) { return UINT32_C(1) << (size < LONG ? size : LONG); }

static int promise(Scanner *self) {
    for (Py_ssize_t i = 0; i < self->whole.n; i++) {
        const Entry *one = &self->whole.entries[i];
        uint64_t three = one->head & 0xFFFFFF;
        self->starts[slot_of_three(self, three)].whole |= length_bit(one->size);
    }
    for (Py_ssize_t i = 0; i < self->stems.n; i++) {
        const Entry *one = &self->stems.entries[i];
        const uint8_t *bytes = (const uint8_t *)self->bytes + one->at;
        for_each_three(self, bytes, one->size < 3 ? one->size : 3, 0, 0, length_bit(one->size));
        if (one->size >= LONG) {
            if (reserve(&self->long_stems, &self->room_long, self->n_long + 1, sizeof(uint32_t)) < 0) return -1;
            self->long_stems[self->n_long++] = one->size;
        }
    }
    for (Py_ssize_t i = 0; i < self->n_globs; i++) {
        const Glob *glob = &self->globs[i];
        const uint8_t *bytes = (const uint8_t *)self->bytes + glob->at;
        size_t start = 0, end = 0;
        while (start < glob->size && class_of[bytes[start]] == LETTER) start++;
        while (end < glob->size && class_of[bytes[glob->size - 1 - end]] == LETTER) end++;
        if (start) for_each_three(self, bytes, start < 3 ? start : 3, 0, 0, 1);
        else if (end) for_each_three(self, bytes + glob->size - (end < 3 ? end : 3), end < 3 ? end : 3, 1, 0, 0);
        else self->any_glob = 1;
    }
    return 0;
}

static int has_upper(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') return 1;
    return 0;
}

static int has_lower(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (bytes[i] >= 'a' && bytes[i] <= 'z') return 1;
    return 0;
}

/* Lower case for finding, and the pattern as it is behind it, as entries are kept. */
static int add_glob(Scanner *self, const char *pattern, size_t size, int32_t atom, int exact) {
    if (reserve(&self->globs, &self->room_globs, self->n_globs + 1, sizeof(Glob)) < 0) return -1;
    Py_ssize_t at = keep(self, pattern, size, 1);
    if (at < 0 || keep(self, pattern, size, 0) < 0) return -1;
    self->globs[self->n_globs++] = (Glob){(uint32_t)at, (uint32_t)size, atom, exact};
    return 0;
}

/* The forms that stand for one atom, where it is ASCII: no other matches a word of ASCII. As matching.Words.add. */
static int add_atom(Scanner *self, const char *atom, size_t size, int32_t number) {
    int exact = size && atom[0] == '=';
    const char *literal = atom + exact;
    size_t rest = size - (size_t)exact;
    int wild = memchr(atom, '*', size) || memchr(atom, '?', size), plural = exact && has_upper(literal, rest) && !has_lower(literal, rest);
    if (size == 1 && atom[0] == '*') {
        self->any_word = number;
        return 0;
    }
    /* "union-=A" is joined to "unionA", which no word in lower case is. */
    if (!exact && has_upper(atom, size)) return 0;
    if (wild && atom[size - 1] == '*' && !memchr(atom, '=', size) && !memchr(atom, '?', size) &&
        !memchr(atom, '*', size - 1))
        return enter(self, &self->stems, atom, size - 1, number, 0);
    char *with_s = plural ? PyMem_Malloc(rest + 1) : NULL;
    if (plural && !with_s) {
        PyErr_NoMemory();
        return -1;
    }
    if (plural) {
        memcpy(with_s, literal, rest);
        with_s[rest] = 's';
    }
    int done = wild ? add_glob(self, literal, rest, number, exact)
                    : enter(self, &self->whole, literal, rest, number, exact);
    if (done == 0 && plural)
        done = wild ? add_glob(self, with_s, rest + 1, number, 1)
                    : enter(self, &self->whole, with_s, rest + 1, number, 1);
    PyMem_Free(with_s);
    return done;
}

/* The number of a word of a term, or -1. */
static int32_t number_of(Scanner *self, PyObject *atom) {
    Py_ssize_t size, n = PyDict_GET_SIZE(self->atoms);
    if (!PyUnicode_Check(atom)) {
        PyErr_SetString(PyExc_TypeError, "words of terms must be str");
        return -1;
    }
    PyObject *held = PyDict_GetItemWithError(self->atoms, atom);
    if (held) return (int32_t)PyLong_AsLong(held);
    if (PyErr_Occurred()) return -1;
    if (n >= INT32_MAX - 1) {
        PyErr_SetString(PyExc_OverflowError, "the terms have too many words");
        return -1;
    }
    PyObject *number = PyLong_FromSsize_t(n);
    if (!number || PyDict_SetItem(self->atoms, atom, number) < 0) {
        Py_XDECREF(number);
        return -1;
    }
    Py_DECREF(number);
    if (PyUnicode_IS_ASCII(atom)) {
        const char *bytes = PyUnicode_AsUTF8AndSize(atom, &size);
        if (!bytes || add_atom(self, bytes, (size_t)size, (int32_t)n) < 0) return -1;
    }
    return (int32_t)n;
}

static inline uint64_t edge_key(int32_t node, int32_t atom) {
    return (uint64_t)(uint32_t)node << 32 | ((uint32_t)atom + 1);
}

static inline uint64_t edge_slot(const Scanner *self, uint64_t key) {
    uint64_t k = (mixed(0, key) & self->hashes) & self->edge_mask;
    while (self->edges[k].key && self->edges[k].key != key) k = (k + 1) & self->edge_mask;
    return k;
}

static inline int32_t child_of(const Scanner *self, int32_t node, int32_t atom) {
    const Edge *edge = &self->edges[edge_slot(self, edge_key(node, atom))];
    return edge->key ? edge->child : -1;
}

static int more_edges(Scanner *self) {
    Edge *old = self->edges;
    uint64_t n = old ? self->edge_mask + 1 : 0, room = n ? 2 * n : 1024;
    self->edges = zeros(room, sizeof(Edge));
    if (!self->edges) {
        self->edges = old;
        return -1;
    }
    self->edge_mask = room - 1;
    for (uint64_t i = 0; i < n; i++)
        if (old[i].key) self->edges[edge_slot(self, old[i].key)] = old[i];
    PyMem_Free(old);
    return 0;
}

static int32_t new_node(Scanner *self) {
    if (self->n_nodes >= INT32_MAX - 1) {
        PyErr_SetString(PyExc_OverflowError, "the terms have too many words");
        return -1;
    }
    if (reserve(&self->nodes, &self->room_nodes, self->n_nodes + 1, sizeof(Node)) < 0) return -1;
    self->nodes[self->n_nodes] = (Node){-1, -1, 0};
    return (int32_t)self->n_nodes++;
}

static int32_t grow_child(Scanner *self, int32_t node, int32_t atom) {
    if (2 * (self->n_edges + 1) > (Py_ssize_t)self->edge_mask && more_edges(self) < 0) return -1;
    uint64_t key = edge_key(node, atom), k = edge_slot(self, key);
    if (self->edges[k].key) return self->edges[k].child;
    int32_t child = new_node(self);
    if (child < 0) return -1;
    self->edges[k] = (Edge){key, child};
    self->n_edges++;
    self->nodes[node].goes_on = 1;
    return child;
}

static int add_form(Scanner *self, PyObject *form, int32_t row) {
    int32_t node = 0;
    PyObject *words = PySequence_Tuple(form);
    if (!words) return -1;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(words) && node >= 0; i++) {
        int32_t atom = number_of(self, PyTuple_GET_ITEM(words, i));
        node = atom < 0 ? -1 : grow_child(self, node, atom);
    }
    Py_DECREF(words);
    if (node < 0) return -1;
    if (self->n_links >= INT32_MAX - 1) {
        PyErr_SetString(PyExc_OverflowError, "there are too many terms");
        return -1;
    }
    if (reserve(&self->links, &self->room_links, self->n_links + 1, sizeof(Link)) < 0) return -1;
    self->links[self->n_links] = (Link){row, self->nodes[node].rows};
    self->nodes[node].rows = (int32_t)self->n_links++;
    return 0;
}

static int add_term(Scanner *self, PyObject *forms, int32_t row) {
    PyObject *each = PySequence_Fast(forms, "forms of a term must be a sequence");
    if (!each) return -1;
    int done = 0;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(each) && done == 0; i++)
        done = add_form(self, PySequence_Fast_GET_ITEM(each, i), row);
    Py_DECREF(each);
    return done;
}

/* What can be told of the trie when all terms are in it. */
static int finish(Scanner *self) {
    Py_ssize_t n_atoms = PyDict_GET_SIZE(self->atoms);
    self->roots = zeros((size_t)n_atoms, sizeof(int32_t));
    self->recent = zeros(1 << RECENT_BITS, sizeof(Recent));
    if (!self->roots || !self->recent) return -1;
    for (Py_ssize_t i = 0; i < n_atoms; i++) self->roots[i] = child_of(self, 0, (int32_t)i);
    for (Py_ssize_t i = 0; i < self->n_nodes && self->any_word >= 0; i++)
        self->nodes[i].wild = child_of(self, (int32_t)i, self->any_word);
    return fill(self, &self->whole) < 0 || fill(self, &self->stems) < 0 || promise(self) < 0 ? -1 : 0;
}

static void scanner_clear(Scanner *self) {
    Py_CLEAR(self->atoms);
    PyMem_Free(self->bytes);
    PyMem_Free(self->whole.entries);
    PyMem_Free(self->whole.slots);
    PyMem_Free(self->stems.entries);
    PyMem_Free(self->stems.slots);
    PyMem_Free(self->long_stems);
    PyMem_Free(self->globs);
    PyMem_Free(self->nodes);
    PyMem_Free(self->links);
    PyMem_Free(self->edges);
    PyMem_Free(self->roots);
    PyMem_Free(self->scopes);
    PyMem_Free(self->recent);
}

static void scanner_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    scanner_clear((Scanner *)object);
    type->tp_free(object);
    Py_DECREF(type);
}

static int add_terms(Scanner *self, PyObject *terms, PyObject *scopes) {
    Py_ssize_t n = PySequence_Fast_GET_SIZE(terms);
    if (n != PySequence_Fast_GET_SIZE(scopes) || n >= INT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "every term must have one scope");
        return -1;
    }
    self->scopes = zeros((size_t)n, sizeof(int32_t));
    if (!self->scopes || more_edges(self) < 0 || new_node(self) < 0) return -1;
    for (Py_ssize_t row = 0; row < n; row++) {
        long scope = PyLong_AsLong(PySequence_Fast_GET_ITEM(scopes, row));
        if (scope == -1 && PyErr_Occurred()) return -1;
        if (scope < 0 || scope > INT32_MAX) {
            PyErr_SetString(PyExc_ValueError, "scopes must be numbers from 0");
            return -1;
        }
        self->scopes[row] = (int32_t)scope;
        if (add_term(self, PySequence_Fast_GET_ITEM(terms, row), (int32_t)row) < 0) return -1;
    }
    return finish(self);
}

static PyObject *scanner_new(PyTypeObject *type, PyObject *args, PyObject *names) {
    static char *keywords[] = {"forms", "scopes", "hashes", NULL};
    PyObject *forms, *scopes;
    unsigned long long hashes = ~0ULL;
    if (!PyArg_ParseTupleAndKeywords(args, names, "OO|$K", keywords, &forms, &scopes, &hashes)) return NULL;
    /* Tuples, since calls of Python may change a list. */
    forms = PySequence_Tuple(forms);
    if (!forms) return NULL;
    scopes = PySequence_Tuple(scopes);
    Scanner *self = scopes ? (Scanner *)type->tp_alloc(type, 0) : NULL;
    if (self) {
        self->hashes = hashes;
        self->any_word = -1;
        self->atoms = PyDict_New();
        if (!self->atoms || add_terms(self, forms, scopes) < 0) Py_CLEAR(self);
    }
    Py_DECREF(forms);
    Py_XDECREF(scopes);
    return (PyObject *)self;
}

/* ---- What one call of scan needs: nothing of the scanner itself changes, so calls may be nested ---- */

typedef struct {
    int32_t node;
    Py_ssize_t first, start; /* number of the first word, and its first character */
} Walk;

typedef struct {
    Py_ssize_t first, last, start, end; /* words, the last + 1; characters, the last + 1 */
    int32_t row, scope, chosen;
} Match;

typedef struct {
    int64_t text, row, start, end;
} Hit;

typedef struct {
    PyObject *known, *resolve;
    uint8_t *fold_buffer, *raw_buffer;
    Py_ssize_t room_fold, room_raw;
    const uint8_t *fold, *raw; /* a text laid out in lower case, and with its capitals */
    int32_t *atoms;            /* that a word matches, each once */
    Py_ssize_t n_atoms;
    uint64_t *seen, stamp; /* by atom: number of the word that last matched it */
    Walk *walks, *next;
    Py_ssize_t n_walks;
    Match *matches, **order;
    Py_ssize_t n_matches, room_matches, room_order;
    uint32_t *taken, turn; /* by word of a cluster: the turn in which it was taken */
    Py_ssize_t room_taken;
    Hit *hits;
    Py_ssize_t n_hits, room_hits;
} Work;

static void work_free(Work *work) {
    PyMem_Free(work->fold_buffer);
    PyMem_Free(work->raw_buffer);
    PyMem_Free(work->atoms);
    PyMem_Free(work->seen);
    PyMem_Free(work->walks);
    PyMem_Free(work->next);
    PyMem_Free(work->matches);
    PyMem_Free(work->order);
    PyMem_Free(work->taken);
    PyMem_Free(work->hits);
}

static int work_init(Work *work, const Scanner *self) {
    size_t n_atoms = (size_t)PyDict_GET_SIZE(self->atoms), n_nodes = (size_t)self->n_nodes;
    work->atoms = zeros(n_atoms, sizeof(int32_t));
    work->seen = zeros(n_atoms, sizeof(uint64_t));
    /* A node has one depth, so that at any word every node is reached from one first word at most. */
    work->walks = zeros(n_nodes, sizeof(Walk));
    work->next = zeros(n_nodes, sizeof(Walk));
    return work->atoms && work->seen && work->walks && work->next ? 0 : -1;
}

/* ---- A text laid out ---- */

static uint8_t laid_out(Py_UCS4 c) {
    if (c < 128) return (uint8_t)(c == '`' ? '\'' : c);
    if (c == 0x2018 || c == 0x2019) return '\'';
    if (c == 0xB4) return CODE_ACUTE;
    if (c == 0x201C || c == 0x201D) return '"';
    if (c >= 0x2010 && c <= 0x2013) return '-';
    if ((c >= 0x300 && c <= 0x36F) || c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060) return CODE_EXTENDER;
    if (Py_UNICODE_ISALNUM(c)) return CODE_OTHER;
    return Py_UNICODE_ISSPACE(c) ? ' ' : 0;
}

static inline uint8_t laid_out_soon(Py_UCS4 c) { return c < 256 ? latin[c] : laid_out(c); }

/* Four characters at a time where all are ASCII (without backticks), which most are. */
static void narrow2(uint8_t *to, const Py_UCS2 *from, Py_ssize_t n) {
    Py_ssize_t i = 0;
    for (; i + 4 <= n; i += 4) {
        uint64_t four = load((const uint8_t *)(from + i)), backticks = four ^ UINT64_C(0x0060006000600060);
        int plain = !(four & UINT64_C(0xFF80FF80FF80FF80)) &&
                    !((backticks - UINT64_C(0x0001000100010001)) & UINT64_C(0x8000800080008000));
        if (plain) {
            four |= four >> 8;
            to[i] = (uint8_t)four;
            to[i + 1] = (uint8_t)(four >> 16);
            to[i + 2] = (uint8_t)(four >> 32);
            to[i + 3] = (uint8_t)(four >> 48);
        } else
            for (int k = 0; k < 4; k++) to[i + k] = laid_out_soon(from[i + k]);
    }
    for (; i < n; i++) to[i] = laid_out_soon(from[i]);
}

static void narrow4(uint8_t *to, const Py_UCS4 *from, Py_ssize_t n) {
    for (Py_ssize_t i = 0; i < n; i++) to[i] = laid_out_soon(from[i]);
}

static int lay_out(Work *work, PyObject *text) {
    Py_ssize_t n = PyUnicode_GET_LENGTH(text);
    int kind = (int)PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    if (n > PY_SSIZE_T_MAX / 4) {
        PyErr_NoMemory();
        return -1;
    }
    if (reserve(&work->fold_buffer, &work->room_fold, n + 2 * PAD, 1) < 0) return -1;
    work->raw = data;
    if (!PyUnicode_IS_ASCII(text) || memchr(data, '`', (size_t)n)) {
        if (reserve(&work->raw_buffer, &work->room_raw, n + 1, 1) < 0) return -1;
        if (kind == PyUnicode_1BYTE_KIND)
            for (Py_ssize_t i = 0; i < n; i++) work->raw_buffer[i] = latin[((const uint8_t *)data)[i]];
        else if (kind == PyUnicode_2BYTE_KIND) narrow2(work->raw_buffer, data, n);
        else narrow4(work->raw_buffer, data, n);
        work->raw = work->raw_buffer;
    }
    uint8_t *fold = work->fold_buffer + PAD;
    Py_ssize_t i = 0;
    memset(work->fold_buffer, 0, PAD);
    for (; i + 8 <= n; i += 8) store(fold + i, folded(load(work->raw + i)));
    for (; i < n; i++) fold[i] = (uint8_t)(work->raw[i] >= 'A' && work->raw[i] <= 'Z' ? work->raw[i] + 32 : work->raw[i]);
    memset(fold + n, 0, PAD);
    work->fold = fold;
    return 0;
}

/* ---- What a word matches ---- */

static inline void found_atom(Work *work, int32_t atom) {
    if (work->seen[atom] == work->stamp) return;
    work->seen[atom] = work->stamp;
    work->atoms[work->n_atoms++] = atom;
}

static void look_up(const Scanner *self, const Index *index, Work *work, Py_ssize_t start, size_t size) {
    const uint8_t *fold = work->fold + start;
    uint64_t head = kept(load(fold), size), k = hash_of(self, fold, size) & index->mask;
    for (; index->slots[k].size; k = (k + 1) & index->mask) {
        const Entry *one = &index->slots[k];
        if (one->head != head || one->size != size) continue;
        const char *bytes = self->bytes + one->at;
        if (size > 8 && memcmp(bytes, fold, size) != 0) continue;
        if (one->exact && memcmp(bytes + size, work->raw + start, size) != 0) continue;
        found_atom(work, one->atom);
    }
}

/* Whether a pattern with * and ? matches a word; after a star the first match of what follows it does. */
static int glob_matches(const char *pattern, size_t p_size, const uint8_t *word, size_t w_size) {
    size_t p = 0, w = 0, star = SIZE_MAX, from = 0;
    while (w < w_size) {
        if (p < p_size && pattern[p] == '*') {
            star = p++;
            from = w;
        } else if (p < p_size && (pattern[p] == '?' || (uint8_t)pattern[p] == word[w])) {
            p++;
            w++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            w = ++from;
        } else {
            return 0;
        }
    }
    while (p < p_size && pattern[p] == '*') p++;
    return p == p_size;
}

static void try_globs(const Scanner *self, Work *work, Py_ssize_t start, size_t size) {
    for (Py_ssize_t i = 0; i < self->n_globs; i++) {
        const Glob *glob = &self->globs[i];
        const char *pattern = self->bytes + glob->at;
        if (glob->exact ? glob_matches(pattern + glob->size, glob->size, work->raw + start, size)
                        : glob_matches(pattern, glob->size, work->fold + start, size))
            found_atom(work, glob->atom);
    }
}

static inline void match_form(const Scanner *self, Work *work, Py_ssize_t start, size_t size) {
    const uint8_t *fold = work->fold + start;
    const Start *promised = &self->starts[slot_of_three(self, kept(load(fold), size < 3 ? size : 3))];
    uint32_t bits = promised->stems & ~UINT32_C(1) & (size < LONG ? (UINT32_C(2) << size) - 1 : ~UINT32_C(0));
    if (promised->whole & length_bit(size)) look_up(self, &self->whole, work, start, size);
    int more = bits >> LONG != 0;
    for (bits &= ~(UINT32_C(1) << LONG); bits; bits &= bits - 1)
        look_up(self, &self->stems, work, start, first_bit(bits));
    if (more)
        for (Py_ssize_t i = 0; i < self->n_long; i++)
            if (self->long_stems[i] <= size) look_up(self, &self->stems, work, start, self->long_stems[i]);
    if (self->n_globs) {
        uint64_t three = load(fold + size - 8) >> (size < 3 ? 64 - 8 * size : 40);
        if (self->any_glob || promised->stems & 1 || self->ends[slot_of_three(self, three)])
            try_globs(self, work, start, size);
    }
}

static inline void match_word(const Scanner *self, Work *work, Py_ssize_t start, size_t size) {
    const uint8_t *fold = work->fold + start;
    match_form(self, work, start, size);
    if (size > 2 && fold[size - 1] == 's' && fold[size - 2] == '\'') match_form(self, work, start, size - 2);
}

/* The same for a word of up to 16 characters, with room for 16 in the text; most words were met before. */
static inline void match_again(const Scanner *self, Work *work, Py_ssize_t start, size_t size) {
    const uint8_t *raw = work->raw + start;
    uint64_t head = kept(load(raw), size), tail = size > 8 ? kept(load(raw + 8), size - 8) : 0;
    Recent *recent = &self->recent[(mixed(mixed(0, head), tail) & self->hashes) >> (64 - RECENT_BITS)];
    if (recent->head == head && recent->tail == tail) {
        work->n_atoms = recent->n_atoms;
        for (int32_t i = 0; i < recent->n_atoms; i++) work->atoms[i] = recent->atoms[i];
        return;
    }
    match_word(self, work, start, size);
    if (work->n_atoms > (Py_ssize_t)(sizeof recent->atoms / sizeof *recent->atoms)) return;
    *recent = (Recent){head, tail, (int32_t)work->n_atoms, {0}};
    for (Py_ssize_t i = 0; i < work->n_atoms; i++) recent->atoms[i] = work->atoms[i];
}

/* A word that is not all ASCII: what it matches is known, or Python tells it. */
static int match_by_full_rules(const Scanner *self, Work *work, PyObject *text, Py_ssize_t start, Py_ssize_t end) {
    PyObject *word = PyUnicode_Substring(text, start, end), *atoms = NULL;
    if (!word) return -1;
    PyObject *known = PyDict_GetItemWithError(work->known, word);
    if (known) atoms = Py_NewRef(known);
    else if (!PyErr_Occurred()) {
        PyObject *told = PyObject_CallOneArg(work->resolve, word);
        if (told) {
            atoms = PySequence_Tuple(told);
            Py_DECREF(told);
        }
        if (atoms && end - start <= LONGEST_KNOWN && PyDict_SetItem(work->known, word, atoms) < 0) Py_CLEAR(atoms);
    }
    Py_DECREF(word);
    if (!atoms) return -1;
    int done = 0;
    if (!PyTuple_Check(atoms)) {
        PyErr_SetString(PyExc_TypeError, "what is known of a word must be a tuple");
        done = -1;
    }
    for (Py_ssize_t i = 0; done == 0 && i < PyTuple_GET_SIZE(atoms); i++) {
        long atom = PyLong_AsLong(PyTuple_GET_ITEM(atoms, i));
        if (atom == -1 && PyErr_Occurred()) done = -1;
        else if (atom < 0 || atom >= PyDict_GET_SIZE(self->atoms)) {
            PyErr_SetString(PyExc_ValueError, "no word of a term has this number");
            done = -1;
        } else if (atom != self->any_word) found_atom(work, (int32_t)atom);
    }
    Py_DECREF(atoms);
    return done;
}

/* ---- Phrases ---- */

static int reach(const Scanner *self, Work *work, Walk walk, Py_ssize_t word, Py_ssize_t end, Py_ssize_t *n_next) {
    const Node *node = &self->nodes[walk.node];
    for (int32_t link = node->rows; link >= 0; link = self->links[link].next) {
        int32_t row = self->links[link].row;
        if (reserve(&work->matches, &work->room_matches, work->n_matches + 1, sizeof(Match)) < 0) return -1;
        work->matches[work->n_matches++] =
            (Match){walk.first, word + 1, walk.start, end, row, self->scopes[row], 1};
    }
    if (node->goes_on && *n_next < self->n_nodes) work->next[(*n_next)++] = walk;
    return 0;
}

/* One word further: phrases under way that go on with it, and those that begin with it. */
static int step(const Scanner *self, Work *work, Py_ssize_t word, Py_ssize_t start, Py_ssize_t end) {
    Py_ssize_t n_next = 0;
    for (Py_ssize_t i = 0; i < work->n_walks; i++) {
        Walk walk = work->walks[i];
        int32_t from = walk.node;
        for (Py_ssize_t k = 0; k < work->n_atoms; k++) {
            walk.node = child_of(self, from, work->atoms[k]);
            if (walk.node >= 0 && reach(self, work, walk, word, end, &n_next) < 0) return -1;
        }
        walk.node = self->nodes[from].wild;
        if (walk.node >= 0 && reach(self, work, walk, word, end, &n_next) < 0) return -1;
    }
    for (Py_ssize_t k = -1; k < work->n_atoms; k++) {
        int32_t node = k < 0 ? self->nodes[0].wild : self->roots[work->atoms[k]];
        if (node >= 0 && reach(self, work, (Walk){node, word, start}, word, end, &n_next) < 0) return -1;
    }
    Walk *walks = work->walks;
    work->walks = work->next;
    work->next = walks;
    work->n_walks = n_next;
    return 0;
}

/* ---- Of matches that overlap, the longest ---- */

static int by_place(const void *a, const void *b) {
    const Match *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->last != y->last) return x->last < y->last ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static int by_length(const void *a, const void *b) {
    const Match *x = *(Match *const *)a, *y = *(Match *const *)b;
    if (x->scope != y->scope) return x->scope < y->scope ? -1 : 1;
    if (x->last - x->first != y->last - y->first) return x->last - x->first > y->last - y->first ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static void sort_matches(Match *matches, Py_ssize_t n) {
    if (n > 24) {
        qsort(matches, (size_t)n, sizeof(Match), by_place);
        return;
    }
    for (Py_ssize_t i = 1; i < n; i++) {
        Match one = matches[i];
        Py_ssize_t k = i;
        for (; k > 0 && by_place(&matches[k - 1], &one) > 0; k--) matches[k] = matches[k - 1];
        matches[k] = one;
    }
}

/* Choose among matches that overlap through others; each scope has a turn of its own. */
static int contest(Work *work, Match *cluster, Py_ssize_t n, Py_ssize_t last) {
    Py_ssize_t first = cluster[0].first, held = work->room_taken;
    if (reserve(&work->order, &work->room_order, n, sizeof(Match *)) < 0) return -1;
    if (reserve(&work->taken, &work->room_taken, last - first, sizeof(uint32_t)) < 0) return -1;
    if (work->room_taken > held) memset(work->taken + held, 0, (size_t)(work->room_taken - held) * sizeof(uint32_t));
    for (Py_ssize_t i = 0; i < n; i++) work->order[i] = &cluster[i];
    qsort(work->order, (size_t)n, sizeof(Match *), by_length);
    for (Py_ssize_t i = 0, same; i < n; i = same) {
        const Match *one = work->order[i];
        if (i == 0 || work->order[i - 1]->scope != one->scope) {
            if (++work->turn == 0) {
                memset(work->taken, 0, (size_t)work->room_taken * sizeof(uint32_t));
                work->turn = 1;
            }
        }
        int is_free = 1;
        for (Py_ssize_t w = one->first - first; w < one->last - first; w++) is_free &= work->taken[w] != work->turn;
        for (Py_ssize_t w = one->first - first; is_free && w < one->last - first; w++) work->taken[w] = work->turn;
        for (same = i; same < n && by_length(&work->order[i], &work->order[same]) == 0; same++)
            work->order[same]->chosen = is_free;
    }
    return 0;
}

/* The matches of a text are chosen and become hits, in the order of places and of rows. */
static int choose(Work *work, Py_ssize_t text) {
    Match *matches = work->matches;
    Py_ssize_t n = 0;
    sort_matches(matches, work->n_matches);
    for (Py_ssize_t i = 0; i < work->n_matches; i++)
        if (n == 0 || by_place(&matches[n - 1], &matches[i]) != 0) matches[n++] = matches[i];
    for (Py_ssize_t i = 0, end; i < n; i = end) {
        Py_ssize_t last = matches[i].last;
        int differ = 0;
        for (end = i + 1; end < n && matches[end].first < last; end++) {
            differ |= matches[end].first != matches[i].first || matches[end].last != matches[i].last;
            if (matches[end].last > last) last = matches[end].last;
        }
        if (differ && contest(work, matches + i, end - i, last) < 0) return -1;
    }
    if (reserve(&work->hits, &work->room_hits, work->n_hits + n, sizeof(Hit)) < 0) return -1;
    for (Py_ssize_t i = 0; i < n; i++)
        if (matches[i].chosen)
            work->hits[work->n_hits++] = (Hit){text, matches[i].row, matches[i].start, matches[i].end};
    return 0;
}

/* ---- Words ---- */

/* The end of the word that begins at `at`, as matching.WORD has it; `regular` is cleared where it is not all ASCII. */
static inline Py_ssize_t end_of_word(const uint8_t *fold, Py_ssize_t at, int *regular) {
    for (;;) {
        uint64_t word = load(fold + at), other = ~(between(word, 'a', 'z') | between(word, '0', '9')) & HIGH;
        if (!other) {
            at += 8;
            continue;
        }
        at += first_flag(other);
        uint8_t class = class_of[fold[at]];
        if (class < APOSTROPHE) return at;
        if (class == APOSTROPHE || class == ACUTE) {
            if (class_of[fold[at + 1]] < LETTER) return at;
            if (class == ACUTE) *regular = 0;
        } else *regular = 0;
        at++;
    }
}

static int scan_text(const Scanner *self, Work *work, PyObject *text, Py_ssize_t number) {
    Py_ssize_t n = PyUnicode_GET_LENGTH(text), at = 0, word = 0;
    if (lay_out(work, text) < 0) return -1;
    const uint8_t *fold = work->fold;
    int broken = 0, alone = 1, hyphen = 0; /* alone: no word so far in this run of characters without spaces */
    work->n_walks = work->n_matches = 0;
    for (;;) {
        uint8_t class;
        while ((class = class_of[fold[at]]) < LETTER) {
            if (class == SPACE) {
                broken |= alone & hyphen;
                alone = 1;
                hyphen = 0;
            } else if (class == HYPHEN) hyphen = 1;
            else if (class == BREAK || class == EXTENDER) {
                if (at >= n) return work->n_matches ? choose(work, number) : 0;
                broken = 1;
            }
            at++;
        }
        int regular = class == LETTER;
        Py_ssize_t start = at;
        at = end_of_word(fold, at + !regular, &regular);
        size_t size = (size_t)(at - start);
        if (broken) work->n_walks = 0;
        broken = alone = hyphen = 0;
        work->n_atoms = 0;
        work->stamp++;
        if (regular) {
            if (size <= 16 && start + 16 <= n) match_again(self, work, start, size);
            else match_word(self, work, start, size);
        } else if (match_by_full_rules(self, work, text, start, at) < 0) return -1;
        if ((work->n_atoms || work->n_walks || self->nodes[0].wild >= 0) && step(self, work, word, start, at) < 0)
            return -1;
        word++;
    }
}

static PyObject *scanner_scan(PyObject *object, PyObject *args) {
    const Scanner *self = (const Scanner *)object;
    PyObject *texts, *known, *resolve, *found = NULL;
    Py_ssize_t number, characters, done = 0;
    Work work;
    memset(&work, 0, sizeof work);
    if (!PyArg_ParseTuple(args, "OnnO!O", &texts, &number, &characters, &PyDict_Type, &known, &resolve)) return NULL;
    if (!PyList_Check(texts) && !PyTuple_Check(texts))
        return PyErr_Format(PyExc_TypeError, "texts must be a list or a tuple");
    work.known = known;
    work.resolve = resolve;
    int failed = number < 0 || work_init(&work, self) < 0;
    /* The size is asked every time: Python may run in between, and change a list. */
    while (!failed && done < characters && number < PySequence_Fast_GET_SIZE(texts)) {
        PyObject *text = Py_NewRef(PySequence_Fast_GET_ITEM(texts, number));
        if (!PyUnicode_Check(text)) {
            PyErr_Format(PyExc_TypeError, "texts must be str, not %.100s", Py_TYPE(text)->tp_name);
            failed = 1;
        }
#if PY_VERSION_HEX < 0x030C0000
        failed = failed || PyUnicode_READY(text) < 0;
#endif
        if (!failed) {
            done += PyUnicode_GET_LENGTH(text) + 1;
            failed = scan_text(self, &work, text, number) < 0;
            number++;
        }
        Py_DECREF(text);
    }
    if (!failed) {
        PyObject *hits = PyBytes_FromStringAndSize((const char *)work.hits, work.n_hits * (Py_ssize_t)sizeof(Hit));
        found = hits ? Py_BuildValue("nN", number, hits) : NULL;
    } else if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "texts are counted from 0");
    work_free(&work);
    return found;
}

/* ---- The module ---- */

static PyMethodDef scanner_methods[] = {
    {"scan", scanner_scan, METH_VARARGS,
     "scan(texts, first, characters, known, resolve): number of the next text, and hits as bytes of four int64 each."},
    {NULL, NULL, 0, NULL},
};

static PyObject *scanner_atoms(PyObject *self, void *closure) {
    (void)closure;
    return PyDict_Copy(((Scanner *)self)->atoms);
}

static PyGetSetDef scanner_getters[] = {
    {"atoms", scanner_atoms, NULL, "The words of terms and their numbers, in their order.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot scanner_slots[] = {
    {Py_tp_new, scanner_new},         {Py_tp_dealloc, scanner_dealloc}, {Py_tp_methods, scanner_methods},
    {Py_tp_getset, scanner_getters},  {Py_tp_doc, "Scanner(forms, scopes): terms made ready to be found in texts."},
    {0, NULL},
};

static PyType_Spec scanner_spec = {
    .name = "necdata.coding.engine._scan.Scanner",
    .basicsize = sizeof(Scanner),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = scanner_slots,
};

static int module_exec(PyObject *module) {
    for (unsigned c = 0; c < 256; c++) {
        latin[c] = laid_out(c);
        class_of[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? LETTER
                      : c < 128 && Py_UNICODE_ISSPACE(c)                                         ? SPACE
                                                                                                 : BREAK;
    }
    for (const char *mark = "/&+\""; *mark; mark++) class_of[(uint8_t)*mark] = JOIN;
    class_of['-'] = HYPHEN;
    class_of['\''] = APOSTROPHE;
    class_of[CODE_ACUTE] = ACUTE;
    class_of[CODE_EXTENDER] = EXTENDER;
    class_of[CODE_OTHER] = OTHER_LETTER;
    PyObject *type = PyType_FromSpec(&scanner_spec);
    if (!type) return -1;
    int done = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return done;
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, module_exec}, {0, NULL}};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, .m_name = "_scan", .m_doc = "The compiled core of the engine.", .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit__scan(void) { return PyModuleDef_Init(&module_def); }
