"""The filter tree: what a filter is, its three forms, and all that can be said of it. Imports nothing else of peekui.

What it is:
    nodes       Condition and Group, immutable; `muted` leaves a node out of the meaning
    moments     instants, and times relative to now (`-7d`), which last until a filter is sent or evaluated
    paths       places in a tree
    meaning     the active part of a tree, its negation, its flattest form

Its forms:
    wire        the API's JSON, strictly, both ways
    lenient     JSON as other generations and people write it, and what was changed to read it
    expression  one line of text: parse, print, complete (`grammar.lark` is the language)
    explain     plain English

Changing it:
    edits       what a builder does, each step giving the new tree and where the cursor belongs
    history     undo and redo

What it does:
    facts, comparing, evaluate   a tree held against one asset, node by node, three-valued
    culprits                     the fewest conditions to mute so that the asset matches
    schema, checks               what is wrong before it is sent, each problem with a fix
"""
