export const BLINDING_CODES = {
  "blinding.administration_invalid": [
    "An administration is not counted by a whole number from 1.",
    "Give its number.",
    { administration: "text?" },
  ],
  "blinding.audit_facts_invalid": ["The facts for the audit cannot be read.", "Correct the field named by the path."],
  "blinding.audit_file_unreadable": [
    "A file of the list cannot be read.",
    "Audit the folder as `allocell list` wrote it.",
  ],
  "blinding.audit_log_unneeded": [
    "A log was given for the audit of a plan.",
    "Audit the list that the log belongs to.",
  ],
  "blinding.audit_manifest_missing": [
    "The files hold no unblinded manifest, or several.",
    "Give the files of one list.",
    { found: "number" },
  ],
  "blinding.beacon_alone": [
    "A public value alone was to make a seed, so that anybody could compute the list.",
    "Add the secret share of at least one party.",
  ],
  "blinding.beacon_invalid": [
    "A beacon without its source, or with a value of fewer than 16 bytes.",
    "Give source and value.",
  ],
  "blinding.bundle_invalid": [
    "What was sealed are not the unblinded files of one list.",
    "Open a file that `allocell seal` wrote.",
  ],
  "blinding.calendar_arm_missing": ["An arm of the part has no administrations.", "Say how often, or on which days."],
  "blinding.calendar_arm_unknown": ["The part has no such arm.", "Name an arm of the part.", { part: "text" }],
  "blinding.calendar_crowded": [
    "Warning: two days of the common calendar are closer to each other than those of any arm.",
    "See whether two infusions so close are allowed.",
    { days: "text", now: "number", usual: "number" },
  ],
  "blinding.calendar_days_invalid": [
    "The days are no ascending study days from 1.",
    "Give whole numbers, each above the one before.",
  ],
  "blinding.calendar_part_open": [
    "Nobody of the part is masked, so that a dummy infusion would hide nothing.",
    "Take a masked part.",
  ],
  "blinding.commitment_differs": [
    "List and opening do not give the commitment that was published.",
    "Find out which of them was changed.",
  ],
  "blinding.commitment_invalid": ["The commitment cannot be read.", "Give the file that `allocell commit` wrote."],
  "blinding.entropy_weak": [
    "The random bytes are too few, or repeat.",
    "Take them from a cryptographic random generator.",
  ],
  "blinding.envelope_key_invalid": [
    "This is not the key of an envelope.",
    "Type 64 hex digits, a hyphen and 8 check digits, as on the key card.",
  ],
  "blinding.envelope_key_mistyped": [
    "The check digits of the key do not fit: a digit is wrong or missing.",
    "Type it again from the card.",
  ],
  "blinding.envelope_missing": ["The file has no envelope of this number.", "See number and file.", { number: "text" }],
  "blinding.envelope_not_opened": [
    "The key is another's, or the envelope was altered.",
    "Take the key on the card of this number, of the same file.",
  ],
  "blinding.envelopes_invalid": [
    "The file of envelopes cannot be read, or two envelopes could be told apart.",
    "Give the file as it was written.",
  ],
  "blinding.input_missing": ["The view of this role needs something that was not given.", "Give what the path names."],
  "blinding.kit_arm_unknown": [
    "The kit list has kits of an arm that the list has not.",
    "Give the kit list of this list.",
    { kitList: "text", list: "text" },
  ],
  "blinding.kit_code_form": ["A kit code has another form.", "Type it as on the kit."],
  "blinding.kit_code_mistyped": [
    "The check character of a kit code does not fit: a character is wrong, or two changed places.",
    "Type it again from the kit.",
  ],
  "blinding.kit_code_repeated": [
    "A kit code occurs twice in the study.",
    "Make one of the lists anew, with another prefix.",
  ],
  "blinding.kit_dispensed": ["This administration has had its kit.", "Record a further kit as what it is."],
  "blinding.kit_list_repeated": ["One kit list was given twice.", "Give each list once."],
  "blinding.kit_none": ["No kit at the site fits this number.", "Send a shipment."],
  "blinding.kit_list_altered": [
    "The file of the kit list is not the one that its record names.",
    "Take the unaltered file, or make the list again from its plan and seed.",
  ],
  "blinding.kit_manifest_invalid": [
    "The record of the kit list cannot be read.",
    "Take the record that `allocell kits` wrote beside the list.",
  ],
  "blinding.kit_plan_invalid": [
    "The plan of the kits cannot be read.",
    "Correct the field named by the path.",
    { arm: "text?", block: "number?", total: "number?", most: "number?" },
  ],
  "blinding.kit_prefix_shared": ["Two kit lists share a prefix.", "Give each list its own."],
  "blinding.kit_repeated": ["A kit stands twice in the stock.", "Count the stock again."],
  "blinding.kit_unknown": [
    "The kit list has no kit of this code.",
    "See whether the code is mistyped.",
    { list: "text" },
  ],
  "blinding.letters_show": [
    "Warning: the committee can tell the arms from their letters, by their sizes.",
    "See whether equal arms or other letters are possible.",
  ],
  "blinding.levels_unknown": [
    "The list has no stratum with this level.",
    "Name a factor of the list with one of its levels.",
    { list: "text" },
  ],
  "blinding.list_differs": [
    "The treatments are of another list than the log.",
    "Give the list that the log was opened with.",
  ],
  "blinding.masked_roles_unstated": [
    "Nothing says who is masked in the part.",
    "State it in the trial, or answer `masking.roles`.",
  ],
  "blinding.not_unblinded": ["A blinded thing was given where treatments are written.", "Give the unblinded one."],
  "blinding.number_repeated": ["One randomization number was issued twice.", "See the source of the issued numbers."],
  "blinding.number_unknown": ["The list has no such randomization number.", "See number and list."],
  "blinding.opening_invalid": [
    "The opening of a commitment cannot be read.",
    "Give the file that `allocell commit` wrote for its holder.",
  ],
  "blinding.part_differs": ["List and masking are of different parts.", "Give the masking of the list's part."],
  "blinding.participant_unknown": [
    "The log has no participant of this id.",
    "Write the id exactly as it stands in the log.",
  ],
  "blinding.party_invalid": ["The name of a party has another form.", "1 to 64 letters, digits, spaces or `. _ / -`."],
  "blinding.party_twice": ["Two shares are of one party.", "Give one share a party.", { party: "text" }],
  "blinding.position_missing": [
    "What was opened does not hold this number.",
    "Open the list or the envelope that holds it.",
  ],
  "blinding.role_masked": [
    "The pharmacy is not named as unblinded in this part.",
    "Answer `masking.unblindedRoles`.",
    { part: "text" },
  ],
  "blinding.roles_mismatch": [
    "The level of masking has another number of masked roles.",
    "Name as many roles as the level has.",
  ],
  "blinding.roles_unreadable": ["The answer does not name different roles, joined by commas.", "Write it so."],
  "blinding.root_differs": [
    "The tree over the opened rows has another root than was published.",
    "Find out which of them was changed.",
  ],
  "blinding.root_missing": [
    "The commitment has no root, so that single rows cannot be proven.",
    "Commit with row proofs.",
  ],
  "blinding.row_proof_invalid": ["The proof of a row cannot be read.", "Give the proof as it was written."],
  "blinding.row_unknown": ["The list has no such randomization number.", "See the number.", { number: "text" }],
  "blinding.seed_differs": ["This is not the seed that made the list.", "Find the right seed."],
  "blinding.share_altered": [
    "A share is not the one that its party committed to.",
    "Ask the party for the share of its commitment.",
    { party: "text" },
  ],
  "blinding.share_missing": [
    "A party committed to a share that is not there.",
    "Bring it, or have all parties commit anew without that party.",
    { party: "text" },
  ],
  "blinding.share_not_committed": [
    "A share has not exactly one commitment of its party.",
    "Bring the commitment that was published before any share was shown.",
    { party: "text" },
  ],
  "blinding.share_twice": [
    "Two parties have the same share: one was copied.",
    "Have all parties draw and commit anew.",
  ],
  "blinding.shares_too_few": [
    "A seed of several parties needs two shares, or one and a beacon.",
    "Bring a further share.",
  ],
  "blinding.shipment_small": [
    "Warning: a shipment holds kits for one participant of an arm, so that the last kit can be guessed.",
    "Send shipments for more participants.",
  ],
  "blinding.status_differs": [
    "TEST kits for a LIVE list, or LIVE kits for a TEST list.",
    "Give kits of the list's status.",
  ],
  "blinding.supply_invalid": ["A number of the supply cannot be used.", "Correct the field named by the path."],
  "blinding.treatment_not_on_record": [
    "A treatment was forced from outside the list, and the log does not say which one.",
    "Ask whoever recorded it.",
  ],
  "blinding.trial_differs": ["The list is for another trial.", "Give the trial of the list."],
  "blinding.unblinded_roles_unstated": ["Nothing says who is unblinded.", "Answer `masking.unblindedRoles`."],
  "blinding.world_differs": [
    "A view was to be written as one of the other kind, blinded or unblinded.",
    "Call the function for its kind.",
  ],
  "custody.bundle_too_large": [
    "The unblinded files are longer than what such a list is padded to.",
    "Seal the files of the list alone.",
  ],
  "custody.list_differs": [
    "The opened files are of another list, or the longer list extends another one.",
    "Give the list of this log.",
  ],
} as const;
