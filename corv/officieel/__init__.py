"""The official schemas: the zips of VNG that were installed in config/schemas/, each kept as it is and opened in memory only.

bestanden          which zips lie there
archief            a zip to its documents, or why it is not to be trusted (pure)
samenstellen       documents to one compiled schema, or why they don't make one (pure)
ijkpunten          messages of which the verdict is known, to try a schema on
proef, ijking      all of these at once, in a process of its own with limits; and remembering which zip passed
uitgave, keuze     of which version and day a zip is; which zip is asked about which message (pure)
vastgelegd         which schema judges, to write down and read back (pure)
pakketten          a folder to the zips that can be used
"""
