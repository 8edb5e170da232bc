"""What operators must hear of, looked for in the rows (and on the disk) every minute by every worker process.

Each watch answers with all troubles that it sees now, a pure reading; `notifications.alerts` keeps what was told. To
add one: a function without arguments in one of the modules, named in `rounds.WATCHES`.
"""
