"""Reports and ledgers: what stands in them, who gets them when, and what is answered to who asks for one."""
