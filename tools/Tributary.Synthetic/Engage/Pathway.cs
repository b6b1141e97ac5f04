namespace Tributary.Synthetic.Engage;

/// <summary>In which order a person meets the questionnaires.</summary>
internal static class Pathway
{
    private static readonly string[] Counselling =
    [
        "registration_info", "mw_tool", "planning_next_steps", "start_ipc_s1", "phq_9_s1", "gad_7_s1", "mood_rating_s1", "start_ipc_s2", "phq_9_s2",
        "gad_7_s2", "mood_rating_s2", "start_ipc_s3", "phq_9_s3", "gad_7_s3", "start_ipc_s4", "phq_9_s4", "gad_7_s4", "mw_tool_s4", "1_month_follow_up",
    ];

    private static readonly string[] Whole =
    [
        "registration_info", "sociodemographic_survey", "mw_tool", "common_mental_health_symptoms", "planning_next_steps", "confidential_s1",
        .. Session(1), .. Session(2), .. Session(3), .. Session(4), "mw_tool_s4", "mw_tool_ipc_session_4", "1_month_follow_up",
    ];

    private static readonly string[] Financial =
    [
        "registration_info", "financial_wellness_tool", "mw_tool", "planning_next_steps", "sociodemographic_survey", "common_mental_health_symptoms",
        "1_month_follow_up", "start_ipc_s1", "phq_9_s1", "gad_7_s1",
    ];

    private static readonly string[] Trauma =
    [
        "registration_info", "mw_tool", "sf_pcl_5_s1", "planning_next_steps", "start_ipc_s1", "phq_9_s1", "sf_pcl_5_s2", "sf_pcl_5_s3", "sf_pcl_5_s4",
        "gad_7_s1", "financial_wellness_tool", "1_month_follow_up",
    ];

    private static readonly string[] Leaving = ["registration_info", "mw_tool", "sbirt", "remove_patient"];

    /// <summary>The pathway of someone who answers so many questionnaires; those who answer many walk the whole of it.</summary>
    public static IReadOnlyList<string> Choose(Chance chance, int responses) => responses switch
    {
        >= 18 => Whole,
        >= 8 => chance.Happens(0.5) ? Trauma : Counselling,
        _ => chance.Below(10) switch { < 4 => Counselling, < 8 => Financial, 8 => Trauma, _ => Leaving },
    };

    private static string[] Session(int number) =>
        [$"start_ipc_s{number}", $"phq_9_s{number}", $"gad_7_s{number}", $"mood_rating_s{number}", $"spi_subform_{number}", .. number == 2 ? ["sbirt"] : Array.Empty<string>()];
}
