"""What refusals say to people, one module per area of the product."""
