"""The access log: who did what, under which article. Leaves are fixed from the first day on."""
