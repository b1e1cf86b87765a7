"""What the ARIA standard says about roles, as far as Playwright uses it."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRESENTATIONAL = ("none", "presentation")
ROLES = _words(
    "alert alertdialog application article banner blockquote button caption cell checkbox code"
    " columnheader combobox complementary contentinfo definition deletion dialog directory document"
    " emphasis feed figure form generic grid gridcell group heading img insertion link list listbox"
    " listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio"
    " meter navigation none note option paragraph presentation progressbar radio radiogroup region"
    " row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong"
    " subscript superscript switch tab table tablist tabpanel term textbox time timer toolbar"
    " tooltip tree treegrid treeitem"
)
# An element with one of these keeps its role although the page says it has none.
GLOBAL_ATTRIBUTES = _words(
    "aria-atomic aria-busy aria-controls aria-current aria-describedby aria-details aria-dropeffect"
    " aria-flowto aria-grabbed aria-hidden aria-keyshortcuts aria-live aria-owns aria-relevant"
)
# For these roles a name is no reason to keep the role.
ROLES_NOT_KEPT_BY_NAME = _words(
    "caption code deletion emphasis generic insertion paragraph presentation strong subscript"
    " superscript"
)
ROLES_WITHOUT_NAME = _words(
    "caption code definition deletion emphasis generic insertion mark paragraph presentation strong"
    " subscript suggestion superscript term time"
)
ROLES_NAMED_BY_CONTENT = _words(
    "button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox"
    " menuitemradio option radio row rowheader switch tab tooltip treeitem"
)
# Their content is a part of the name of an element around them.
ROLES_READ_INSIDE = ROLES_NAMED_BY_CONTENT | _words(
    "caption code contentinfo definition deletion emphasis insertion list listitem mark none"
    " paragraph presentation region rowgroup section strong subscript superscript table term time"
)
ROLES_WITH_RANGE = _words("meter progressbar scrollbar slider spinbutton")
ROLES_WITH_LEVEL = _words("heading listitem row treeitem")
ROLES_WITH_DISABLED = _words(
    "application button composite gridcell group input link menuitem scrollbar separator tab"
    " checkbox columnheader combobox grid listbox menu menubar menuitemcheckbox menuitemradio"
    " option radio radiogroup row rowheader searchbox select slider spinbutton switch tablist"
    " textbox toolbar tree treegrid treeitem"
)
ROLES_WITH_READONLY = _words(
    "checkbox combobox grid gridcell listbox radiogroup slider spinbutton textbox columnheader"
    " rowheader searchbox switch treegrid"
)
