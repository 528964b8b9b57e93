"""How Partnerbook is packaged and put on AWS or on the embedded stack."""
