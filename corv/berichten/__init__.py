"""The table of messages: every root element that we handle, and what kind of message it is.

Adding a message is one line in its family module (`vt`, `jz`, `vv`, `gm`, `stuf`); `BERICHTEN` gathers the families. A
completeness test holds this table, the schemas and the sample messages together.
"""

from corv.berichten import gm, jz, stuf, vt, vv
from corv.berichten.soort import Berichtsoort

BERICHTEN: dict[str, Berichtsoort] = {soort.root: soort for family in (vt, jz, vv, gm, stuf) for soort in family.SOORTEN}
"""By root element in Clark notation, `{namespace}name`: dispatch on the root, never on a file name or soapAction."""
