"""Judging what a scan found. The desk asks and decides; screens and commands only show and pass on.

desk.py    what a reviewer can ask and do: one class, short connections
models.py  what it answers with: frozen dataclasses, all of it masked
source.py  the text a finding stands in, from records/, masked
"""
