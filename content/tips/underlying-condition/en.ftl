tip-underlying-condition = Rare causes
    .how =
        Tell a doctor if the pain keeps coming back and you cannot say why.
        They can look for rare causes. A curved spine, worn joints or a trapped nerve are some.
    .dose = Book a visit if it is not better after two weeks. Sooner if it grows.
    .why =
        These causes are rare. A chat cannot tell them apart, but a doctor can.
    .stop = Numbness, tingling or weakness? Get help the same day. See /doctor.
    .not = Do not wait for a visit if an emergency sign fits. Call for help now.
    .line = Now and then there is more behind it. A doctor can look.
