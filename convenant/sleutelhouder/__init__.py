"""The sleutelhouder: a service on a host of its own that evaluates keys blindly, and counts who asks how much.

It sees blinded points and counts, never a name, a birth date or a koppeltoken. What it guards is that guessing names
takes its help: who has the convenant key and the matcher's whole database can still try no more than its budget.
"""
