"""What people take away: charts, ledgers, reports; made from figures, never from the database."""
