"""What the data mean, declared once.

fields     the vocabulary in which columns are declared
tables     every table, a Pandera model each
layout     how tables stand in the files that people type
codelists  every code, with its definition          standards  codes that other bodies keep
rules      what Table Schema cannot say             edtf       dates no more precise than their source
export     Arrow, Table Schema, JSON Schema, codebook: derived, committed under ``generated``
"""
