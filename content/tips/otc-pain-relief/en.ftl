tip-otc-pain-relief = Ask a pharmacist
    .how =
        Ask a pharmacist if an anti-inflammatory suits you.
        Tell them your illnesses and all your medicines. Say that you run.
    .dose =
        I name no pill and no amount. The pharmacist and the label do.
        Still need it after ten days? See a doctor.
    .why =
        It can take the edge off. It does not mend the cause.
        In a 50-mile race, 52 of 100 on ibuprofen showed kidney harm. Without it 34 of 100 did.
        That gap may be chance. It is still a good reason for care.
    .stop =
        Stop for a rash, wheeze or swelling. Stop for belly pain or black poo.
        Get medical help then. Pee as dark as cola is an emergency.
    .not =
        Never before or during a run.
        Never within 24 hours of a long or hot run. First eat, drink and pass pale pee.
        Never when your pee is dark.
        Not with a second pill of this kind.
    .line = Ask first if a tablet suits you as a runner.
    .against =
        • Under 18 or over 65
        • Pregnant or trying to be
        • Asthma
        • Aspirin or a pill like it made you ill
        • A stomach ulcer or a bleed, ever
        • Kidney or liver trouble
        • Heart trouble or a stroke, ever
        • High blood pressure
        • Bowel disease
        • Chickenpox or shingles
        • You take blood thinners or steroids
        • You take pills for blood pressure or mood
        • You take water pills
        • You take lithium or methotrexate
        • You take a pill of this kind already
        • Dark pee
        • A run of over 2 hours in the last 24 hours
        • A hot or thirsty run in the last 24 hours
        • You are running or about to run
    .ask = Ask a pharmacist or a doctor first.
