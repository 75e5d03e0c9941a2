"""What `show` tells: a story in parts, gathered from a release's rows, told in a terminal or a notebook.

story       the parts of a story
words       dates, figures and codes as a reader would say them
claimlines  claims in words
records     the story of a transfer or an event
entries     the stories of what records refer to
terminal    a story as text          notebook    a story as HTML
showing     `show`
"""
