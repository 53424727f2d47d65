"""The shopper's area: pages for the phone, and the JSON addresses through which its work arrives."""
