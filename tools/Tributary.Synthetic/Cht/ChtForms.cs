using static Tributary.Synthetic.Cht.FormField;

namespace Tributary.Synthetic.Cht;

/// <summary>The forms of the deployment: pregnancy to post-natal care, deaths, children, households.</summary>
internal static class ChtForms
{
    private static readonly string[] DangerSigns = ["vaginal_bleeding", "fits", "severe_abdominal_pain", "severe_headache", "fever", "reduced_movement", "swelling"];

    public static FormDefinition Pregnancy { get; } = Form("pregnancy", "New pregnancy", "2025-02-03 09:00",
        Group("g_registration",
            One("lmp_method", "How is the date of the last period known?", "method_lmp", "method_approx", "method_edd"),
            new("lmp_date", "date", "First day of the last period", "Premier jour des dernières règles"),
            new("edd", "date", "Expected date of delivery", "Date prévue de l'accouchement")),
        Group("g_history",
            new("previous_pregnancies", "int", "How many pregnancies before?", "Combien de grossesses avant ?"),
            Many("risk_factors", "Risks from her history", "first_pregnancy", "more_than_four_children", "last_baby_within_year", "heart_condition", "asthma", "high_blood_pressure", "diabetes"),
            new("height", "decimal", "Height in centimetres", "Taille en centimètres")),
        Group("g_danger_signs", Many("danger_signs", "Danger signs", DangerSigns), new("temperature", "decimal", "Temperature")),
        new("hiv_tested", "string", "Tested for HIV?") { Choices = [("yes", "Yes"), ("no", "No")] },
        Computed("weeks_pregnant", "int"), Computed("patient_age_in_years", "int"));

    public static FormDefinition HomeVisit { get; } = Form("pregnancy_home_visit", "Pregnancy home visit", "2025-02-03 09:10",
        Group("g_visit",
            new("visit_date", "date", "Date of the visit"),
            new("visit_time", "time", "Time of the visit"),
            One("pregnancy_status", "Is she still pregnant?", "yes", "migrated", "refused", "miscarriage", "abortion"),
            new("gps", "geopoint", "Where is the home?")),
        Group("g_danger_signs", Many("danger_signs", "Danger signs", DangerSigns)),
        Group("g_facility", One("visited_facility", "Visited a health facility since?", "yes", "no"), new("facility_visits", "int", "How often?")),
        new("weight", "decimal", "Weight in kilograms"), Computed("visit_number", "int"));

    public static FormDefinition FacilityReminder { get; } = Form("pregnancy_facility_visit_reminder", "Facility visit reminder", "2024-11-20 08:00",
        new("reminder_date", "date", "Date of the visit that she is reminded of"), One("reminder_method", "How was she reminded?", "in_person", "call", "message"));

    public static FormDefinition DangerSign { get; } = Form("pregnancy_danger_sign", "Danger sign in pregnancy", "2024-11-20 08:00",
        Many("danger_signs", "Danger signs", DangerSigns), One("referred", "Referred?", "yes", "no"), new("seen_at", "dateTime", "Seen at"));

    public static FormDefinition DangerSignFollowUp { get; } = Form("pregnancy_danger_sign_follow_up", "Danger sign follow up", "2024-11-20 08:00",
        One("visit_confirmed", "Did she go to the facility?", "yes", "no"), One("danger_signs_present", "Are there still danger signs?", "yes", "no"));

    public static FormDefinition Delivery { get; } = Form("delivery", "Delivery", "2025-03-10 12:00",
        Group("g_delivery",
            new("delivery_date", "date", "Date of delivery"),
            One("delivery_place", "Where was it?", "health_facility", "home", "other"),
            One("delivery_method", "How was it?", "vaginal", "cesarean"),
            One("delivery_outcome", "How did it end?", "live_birth", "still_birth", "mixed"),
            One("mother_outcome", "How is the mother?", "alive_well", "alive_unwell", "deceased")),
        Repeat("babies", "Each baby",
            new("baby_name", "string", "Name of the baby"), One("baby_sex", "Sex", "male", "female"), One("baby_condition", "Condition", "alive_well", "alive_unwell", "deceased"),
            new("birth_weight", "decimal", "Weight in kilograms"), Many("vaccines", "Vaccines given", "bcg", "birth_polio")),
        Computed("babies_alive", "int"));

    public static FormDefinition PostnatalMother { get; } = Form("pnc_danger_sign_follow_up_mother", "Post-natal follow up of the mother", "2025-03-10 12:00",
        Group("g_visit", new("visit_date", "date", "Date of the visit"), Many("danger_signs", "Danger signs", "fever", "severe_headache", "vaginal_bleeding", "discharge", "convulsion"), One("visit_confirmed", "Went to the facility?", "yes", "no")));

    public static FormDefinition PostnatalBaby { get; } = Form("pnc_danger_sign_follow_up_baby", "Post-natal follow up of the baby", "2025-03-10 12:00",
        Group("g_visit", new("visit_date", "date", "Date of the visit"), Many("danger_signs", "Danger signs", "infected_umbilical_cord", "convulsion", "difficulty_feeding", "vomit", "yellow_skin"), One("visit_confirmed", "Went to the facility?", "yes", "no")));

    public static FormDefinition DeathReport { get; } = Form("death_report", "Death report", "2024-06-01 08:00",
        Group("death_details",
            new("date_of_death", "date", "Date of death"),
            One("place_of_death", "Where did they die?", "health_facility", "home", "other"),
            new("place_of_death_other", "string", "Where else?"),
            new("death_information", "string", "Anything else")));

    public static FormDefinition UndoDeathReport { get; } = Form("undo_death_report", "Undo death report", "2024-06-01 08:00",
        One("confirm_undo", "Undo the report of the death?", "yes", "no"));

    public static FormDefinition ChildAssessment { get; } = Form("child_assessment", "Child assessment", "2025-05-05 07:30",
        Group("g_child", Computed("patient_age_in_months", "int"), new("muac", "decimal", "Upper arm in centimetres"), new("gps", "geopoint", "Where?")),
        Many("symptoms", "Symptoms", "cough", "fever", "diarrhoea", "difficult_breathing", "vomiting"),
        Group("g_fever", new("fever_days", "int", "Days of fever"), One("malaria_test", "Malaria test", "positive", "negative", "none")),
        Repeat("treatments", "Each treatment", One("medicine", "Medicine", "ors", "zinc", "amoxicillin", "artemether_lumefantrine", "paracetamol"), new("quantity", "int", "How many"), new("given_at", "dateTime", "Given at")),
        new("caregiver", "string", "Who cares for the child?") { Appearance = "select-contact type-person" },
        Computed("needs_referral"), new("notes", "string", "Notes"));

    public static FormDefinition HouseholdSurvey { get; } = Form("household_survey", "Household survey", "2025-01-15 10:00",
        One("water_source", "Where does water come from?", "piped", "borehole", "river", "rain"), One("latrine", "Is there a latrine?", "yes", "no"),
        new("members", "int", "How many live here?"), Repeat("mosquito_nets", "Each net", new("net_age_months", "int", "Age in months"), One("net_condition", "Condition", "good", "torn"))) with
    { IsOfPlace = true };

    public static IReadOnlyList<FormDefinition> All { get; } =
        [Pregnancy, HomeVisit, FacilityReminder, DangerSign, DangerSignFollowUp, Delivery, PostnatalMother, PostnatalBaby, DeathReport, UndoDeathReport, ChildAssessment, HouseholdSurvey];

    /// <summary>Every form begins with what the app puts in, and who it is about.</summary>
    private static FormDefinition Form(string name, string title, string version, params FormField[] fields) => new(name, title, version,
    [
        Group("inputs", Computed("source"), Computed("source_id"), Group("contact", Computed("_id"), Computed("name"), Computed("date_of_birth", "date"), Computed("sex"))),
        Computed("patient_id"), Computed("patient_uuid"), Computed("patient_name"),
        .. fields,
        Group("meta", Computed("instanceID")),
    ]);
}
