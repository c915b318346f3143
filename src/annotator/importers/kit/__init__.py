"""Parts that the formats share: decoding, furniture, bylines and dates, language."""
