tip-otc-pain-relief = Ask a pharmacist
    .how =
        Ask a pharmacist if an anti-inflammatory suits you. Ibuprofen and naproxen are two of them.
        Tell them your illnesses and all your medicines. Say that you run.
    .dose =
        What the pharmacist and the label say, and no more. The least that helps, for a few days.
        Still need it after ten days? See a doctor.
    .why =
        It can take the edge off. It does not mend the cause.
        In a 50-mile race, 52 of 100 on ibuprofen showed kidney harm. Without it, 34 of 100 did.
        That gap may be chance, but it is a good reason for care.
    .stop =
        Stop for a rash, wheeze or swelling. Stop for belly pain or black poo.
        Get medical help then. Pee as dark as cola is an emergency.
    .not =
        Never before or during a run.
        Never after a long, hot or thirsty run. First eat, drink and pass pale pee.
        Never when your pee is dark.
        Not under 18 and not over 65.
        Not if you are pregnant or trying to be.
        Not with asthma. Not if aspirin or a pill like it ever made you ill.
        Not if you ever had a stomach ulcer or a bleed.
        Not with kidney, liver or heart trouble.
        Not after a stroke, or with high blood pressure.
        Not with bowel disease. Not with chickenpox or shingles.
        Not with blood thinners or steroids.
        Not with pills for blood pressure or mood.
        Not with water pills, lithium or methotrexate.
        Not with a second pill of this kind.
    .line = Ask first if a tablet suits you as a runner.
