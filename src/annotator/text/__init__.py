"""Pure text: canonical form, offsets, sentences, quotation marks, anchors."""
