tip-medical-attention = When to see a doctor
    .how =
        See a doctor within days if it is strong, or still there after two weeks.
        Go too if home care does not help. Go if it keeps you from daily things.
        Numbness, tingling or weakness needs help the same day.
    .dose = Within days. The same day for numbness, tingling or weakness.
    .why =
        Pain here can come from other parts of the body. A doctor can check that.
        Whether an X-ray or MRI helps is for the doctor to say. Often it does not.
    .stop = Stop reading if an emergency sign fits. Call for help now: /doctor shows the number.
    .not = Do not wait for a visit if things get worse quickly.
    .line = Strong or lasting pain, or numbness: see a doctor.
