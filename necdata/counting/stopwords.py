"""English function words: they hold sentences together and say nothing of their subject."""

from __future__ import annotations

_LIST = """
a an the this that these those such same other another each every either neither both all any some
no none few fewer many more most much less least several enough own

i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself
she her hers herself it its itself they them their theirs themselves one ones who whom whose which
what whoever whatever whichever someone anyone everyone something anything everything nothing
nobody somebody anybody everybody

am is are was were be been being have has had having do does did doing done will would shall should
can could may might must ought cannot aren't isn't wasn't weren't haven't hasn't hadn't don't
doesn't didn't won't wouldn't can't couldn't shouldn't mustn't i'm i've i'd i'll we're we've we'd
we'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's they're they've they'd
they'll that's there's let's

and or but nor so yet if unless because since although though while whereas whether as than when
whenever where wherever until till once why how however therefore thus hence

about above across after against along alongside amid among around at before behind below beneath
beside besides between beyond by despite down during except for from in inside into like near of
off on onto out outside over past per regarding round through throughout to toward towards under
up upon via with within without

not never also too very just only even still again already always often ever there here then now
quite rather almost perhaps indeed both instead else
"""
_WORDS = frozenset(_LIST.split())

# Words are compared without apostrophes ("dont"); some of these are then other words.
_OTHER_WORDS = {"hell", "id", "ill", "shed", "shell", "wed"}
STOPWORDS = _WORDS | ({word.replace("'", "") for word in _WORDS} - _OTHER_WORDS)
