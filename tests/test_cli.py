"""The command line: help that teaches, exit codes that mean something, one line for every problem."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from written import ARCHIVE, LABOURLIST, REPORT, save

import necdata
from necdata import catalogue, cli
from necdata.storage import invariants
from necdata.storage.store import InvariantError

COMMANDS = ["add", "fetch", "build", "status", "charts", "codebook", "validate", "sample"]


def run(*arguments: str | Path) -> int:
    """Run the command line in this process."""
    return cli.main([str(a) for a in arguments])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with two pages in raw/."""
    save(tmp_path / "raw", "archive.txt", ARCHIVE)
    save(tmp_path / "raw", "labourlist.txt", LABOURLIST)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_help_lists_commands_exit_codes_and_a_session(capsys: pytest.CaptureFixture[str]):
    """What a beginner needs is in the first screen."""
    with pytest.raises(SystemExit) as stopped:
        run("--help")
    said = capsys.readouterr().out
    assert stopped.value.code == 0 and all(re.search(rf"(?m)^ +{name} ", said) for name in COMMANDS)
    assert "exit codes: 0" in said and "a first session:" in said and len(said.splitlines()) < 45


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]):
    """It says what the command does and describes each of its options."""
    with pytest.raises(SystemExit) as stopped:
        run(name, "--help")
    said = capsys.readouterr().out
    assert stopped.value.code == 0 and said.startswith(f"usage: necdata {name}")
    bare = [line for line in said.splitlines() if re.fullmatch(r"  (-\S+|\S+)( [A-Z.]+)?", line)]
    following = {line: said.splitlines()[said.splitlines().index(line) + 1] for line in bare}
    assert all(text.startswith("      ") for text in following.values()), following


@pytest.mark.parametrize("arguments", [[], ["dig"], ["add"], ["build", "--deep"], ["codebook", "burn"], ["sample"]])
def test_wrong_use_is_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    """An unknown command or option, or one that is missing, is said with the usage."""
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2 and "usage: necdata" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]):
    """`necdata --version` and the package agree."""
    with pytest.raises(SystemExit):
        run("--version")
    assert capsys.readouterr().out == f"necdata {necdata.__version__}\n"


def test_build_says_what_it_made(place: Path, capsys: pytest.CaptureFixture[str]):
    """From raw/ to processed/ by default: one line, exit code 0, nothing on stderr."""
    assert run("build") == cli.OK
    said = capsys.readouterr()
    assert re.fullmatch(r"2 pages, 6 posts, 6 meetings, \d+ passages, \d+ codings -> processed\n", said.out)
    assert said.err == "" and len(necdata.load("processed").meetings) == 6


def test_build_takes_other_folders(place: Path):
    """--raw and --out."""
    save(place / "pages", "report.txt", REPORT)
    assert run("build", "--raw", "pages", "--out", place / "tables" / "new") == cli.OK
    assert len(necdata.load("tables/new").meetings) == 1 and not (place / "processed").exists()


def test_build_with_a_bad_page_is_exit_code_3(place: Path, capsys: pytest.CaptureFixture[str]):
    """A line for each file skipped, a line that the rest is built, and the tables."""
    save(place / "raw", "empty.txt", b"")
    save(place / "raw", "report.pdf", b"%PDF-1.4")
    assert run("build") == cli.SKIPPED
    said = capsys.readouterr()
    assert said.err.splitlines() == [
        "necdata: empty.txt: is empty; save the page again",
        "necdata: report.pdf: is a PDF; convert it with `pdftotext -layout FILE.pdf FILE.txt` and add the text",
        "necdata: 2 skipped, see above; the rest is built",
    ]
    assert said.out.startswith("2 pages, 6 posts")


def test_build_says_what_it_repaired(place: Path, capsys: pytest.CaptureFixture[str]):
    """A page in another encoding is noted, and is no reason for another exit code."""
    save(place / "raw", "old.txt", REPORT.encode("cp1252"))
    assert run("build") == cli.OK
    assert capsys.readouterr().err == "necdata: old.txt: read as cp1252, not UTF-8\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["build", "--raw", "nowhere"], "nowhere: is not a folder; name the folder that holds the pages with --raw"),
        (["build", "--codebook", "nowhere.toml"], "nowhere.toml"),
        (["build", "--leaders", "nowhere.csv"], "nowhere.csv"),
        (["build", "--elections", "nowhere.csv"], "nowhere.csv"),
        (["status", "--raw", "nowhere"], "nowhere: is not a folder"),
        (["charts", "--processed", "nowhere"], "nowhere: holds no tables; run `necdata build"),
        (["charts", "marrows"], "no chart is named marrows; choose from coverage"),
        (["codebook", "show", "marrows"], "marrows"),
        (["validate", "nowhere.csv"], "nowhere.csv"),
        (["sample", "new.csv", "--processed", "nowhere"], "nowhere: holds no tables"),
        (["build", "--raw", "raw/archive.txt"], "archive.txt: is not a folder"),
    ],
)
def test_a_problem_is_one_line_and_exit_code_1(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
):
    """It begins with the program, names the file and the remedy; no traceback, nothing on stdout."""
    assert run(*arguments) == cli.PROBLEM
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert said.err.startswith("necdata: ") and problem in said.err


def test_the_folder_itself_as_out_is_said_clearly(place: Path, capsys: pytest.CaptureFixture[str]):
    """--out . cannot be exchanged: it is refused by name, or the tables are there."""
    if run("build", "--out", ".") == cli.OK:
        assert (place / "meetings.csv").is_file()
    else:
        assert "--out" in capsys.readouterr().err


def test_a_violated_invariant_is_one_line(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """The place is said, and the tables of the last build are still there."""
    run("build")
    before = (place / "processed" / "posts.csv").read_bytes()

    def stop(frames: object) -> None:
        raise InvariantError("posts: 0badcafe-01: line is below 1 (archive.txt, line 3)")

    monkeypatch.setattr(invariants, "check", stop)
    assert run("build") == cli.PROBLEM
    assert capsys.readouterr().err == "necdata: posts: 0badcafe-01: line is below 1 (archive.txt, line 3)\n"
    assert (place / "processed" / "posts.csv").read_bytes() == before


def test_add_copies_and_says_so(place: Path, capsys: pytest.CaptureFixture[str]):
    """A page, its address and author; then it is built with them."""
    path = save(place / "downloads", "report.txt", REPORT)
    assert run("add", path, "--url", "https://plots.example/1", "--author", "Una Bright") == cli.OK
    assert capsys.readouterr().out == "report.txt: added to raw (article, 1 post)\n"
    assert [s[:3] for s in catalogue.load(Path("raw")).pages.values()][-1] == (
        "",
        "https://plots.example/1",
        "Una Bright",
    )
    run("build")
    posts = necdata.load("processed").posts.set_index("title")
    assert posts.loc["Labour NEC Report – 3 July 2018", ["author", "url"]].tolist() == [
        "Una Bright",
        "https://plots.example/1",
    ]


def test_add_refuses_and_never_overwrites(place: Path, capsys: pytest.CaptureFixture[str]):
    """Of three files one is good: 3; of none: 1; what was in raw/ is as it was."""
    good = save(place / "downloads", "report.txt", REPORT)
    taken = save(place / "downloads", "archive.txt", REPORT.replace("2018", "2019"))
    bad = save(place / "downloads", "empty.txt", b"")
    assert run("add", good, taken, bad, "--raw", "raw") == cli.SKIPPED
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("necdata: raw/archive.txt: is there already") and said[1].startswith(
        f"necdata: {bad}: is empty"
    )
    assert run("add", taken, bad) == run("add", place / "nowhere.txt") == run("add", place) == cli.PROBLEM
    assert (place / "raw" / "archive.txt").read_text("utf-8") == ARCHIVE
    assert sorted(p.name for p in (place / "raw").iterdir()) == ["archive.txt", "labourlist.txt", "report.txt"]


def test_status_shows_every_page(place: Path, capsys: pytest.CaptureFixture[str]):
    """Both pages with their accounts; a bad page is named and is exit code 3."""
    assert run("status") == cli.OK
    assert capsys.readouterr().out.count(" characters\n") == 2
    save(place / "raw", "empty.txt", b"")
    assert run("status") == cli.SKIPPED and "empty.txt: is empty" in capsys.readouterr().err


def test_codebook_lists_shows_and_checks(place: Path, capsys: pytest.CaptureFixture[str]):
    """The shipped codebooks can be read on the terminal."""
    assert run("codebook", "list") == cli.OK and "elections" in capsys.readouterr().out
    assert run("codebook", "show", "elections") == cli.OK and "election" in capsys.readouterr().out
    assert run("codebook", "check", "--codebook", "election_kinds") == cli.OK


def test_a_sample_is_drawn_and_never_overwritten(place: Path, capsys: pytest.CaptureFixture[str]):
    """The file that somebody may have filled in is not written again."""
    run("build")
    assert run("sample", "gold.csv", "-n", "5", "--processed", "processed") == cli.OK
    drawn = Path("gold.csv").read_bytes()
    assert len(drawn.splitlines()) == 6
    capsys.readouterr()
    assert run("sample", "gold.csv", "-n", "4", "--processed", "processed") == cli.PROBLEM
    assert "gold.csv" in capsys.readouterr().err and Path("gold.csv").read_bytes() == drawn


def test_charts_are_named_as_they_are_written(place: Path, capsys: pytest.CaptureFixture[str]):
    """One chart in four formats, each path on a line of its own."""
    run("build")
    capsys.readouterr()
    assert run("charts", "coverage", "--processed", "processed", "--out", "drawn") == cli.OK
    printed = capsys.readouterr().out.splitlines()
    assert {f"drawn/coverage.{end}" for end in ("csv", "pdf", "png", "svg")} <= set(printed)
    assert all(Path(p).stat().st_size for p in printed) and not list(Path("drawn").glob("topics*"))


def test_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    """One line and the exit code that shells expect."""
    from necdata import pipeline

    def stop(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "read_all", stop)
    assert run("status") == 130
    assert capsys.readouterr().err == "necdata: stopped; nothing was changed half-way\n"


@pytest.mark.parametrize("command", [["status", "--raw", "raw"], ["--help"], ["codebook", "list"]])
def test_a_broken_pipe_is_quiet(place: Path, command: list[str]):
    """`necdata status | head -1`: the reader goes, and nobody hears of it."""
    for i in range(40):
        save(place / "raw", f"report{i}.txt", REPORT.replace("3 July", f"{i % 28 + 1} July"))
    script = "import sys; from necdata.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", script, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()
    assert said == "" and process.returncode == 0


@pytest.mark.parametrize(
    "command", [[sys.executable, "-m", "necdata"], [str(Path(sys.executable).with_name("necdata"))]]
)
def test_both_ways_to_call_it_work(place: Path, command: list[str]):
    """`python -m necdata` and the installed script, each with the exit code of the build."""
    if not Path(command[0]).exists():
        pytest.skip("the package is not installed as a script here")
    save(place / "raw", "empty.txt", b"")
    found = subprocess.run([*command, "build"], capture_output=True, text=True)
    assert found.returncode == cli.SKIPPED and "-> processed" in found.stdout and "Traceback" not in found.stderr
    assert "reading" not in found.stderr  # no progress bar where nobody watches


def test_a_codebook_taken_along_codes_the_same(place: Path, capsys: pytest.CaptureFixture[str]):
    """What export wrote for R is a codebook to build with; it is never written over another file."""
    run("build", "--out", "ours")
    for name in ("topics.yml", "topics.csv"):
        assert run("codebook", "export", name) == cli.OK and name in capsys.readouterr().out
        assert run("build", "--out", f"by-{name}", "--codebook", name) == cli.OK
        assert (place / f"by-{name}" / "codings.csv").read_bytes() == (place / "ours" / "codings.csv").read_bytes()
    capsys.readouterr()
    assert run("codebook", "export", "topics.csv") == cli.PROBLEM
    assert "topics.csv: there is a file" in capsys.readouterr().err
    assert run("codebook", "export", "topics.txt") == cli.PROBLEM and ".yml" in capsys.readouterr().err


def test_tables_are_scored_by_the_codebook_they_were_coded_with(place: Path, capsys: pytest.CaptureFixture[str]):
    """A codebook of the user's own has its own topics, and its gold standard those too."""
    own = 'name = "Own"\nversion = "1"\n[[topic]]\nkey = "halls"\nname = "Halls"\nterms = ["hall*", "the"]\n'
    Path("own.toml").write_text(own, encoding="utf-8")
    run("build", "--codebook", "own.toml")
    corpus = necdata.load("processed")
    page, line = corpus.passages.merge(corpus.codings).iloc[0][["page_id", "line"]]
    file = corpus.pages.set_index("page_id").at[page, "file"]
    Path("gold.csv").write_text(f"file,line,topics\n{file},{line},halls\n", encoding="utf-8")
    assert run("validate", "gold.csv", "--processed", "processed") == cli.OK
    assert "| halls | 1 |" in capsys.readouterr().out
    Path("gold.csv").write_text(f"file,line,topics\n{file},{line},elections\n", encoding="utf-8")
    assert run("validate", "gold.csv", "--processed", "processed") == cli.PROBLEM
    assert "gold.csv, row 2: no topic elections" in capsys.readouterr().err
