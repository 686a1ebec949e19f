"""How texts are spelled: one stored form, and comparing by letters as a person would."""
