"""What every answer shares: headers, pages of failures, and whether the service is up."""
