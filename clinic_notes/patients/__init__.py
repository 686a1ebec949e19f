"""Who the patient is: identity, allergies, standing conditions, episodes of care."""
