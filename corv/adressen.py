"""The persons and addresses in a message, by the paths of each kind of message (../shared/geo/vt_address_paths.csv). Pure."""

from lxml import etree

from corv.werkgebied import Maatstaf, Werkgebied


def werkgebied_of(root: etree._Element, maatstaf: Maatstaf) -> Werkgebied | None:
    """Which Veilig Thuis the addresses of a message point at; None for a kind of message that has no addresses."""
    raise NotImplementedError
