"""The claims about doctrines: what decides each, how it is measured, and what came out.

From outside: `all_claims.CLAIMS`, `evaluation.evaluated` (the table), `claim_sentences` (what it says).
"""
