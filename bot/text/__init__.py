"""Text before meaning: tokens, one ordered list of spelling rules, stems, sentences and languages."""
