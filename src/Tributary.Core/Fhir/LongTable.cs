using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>The long table: every answer of every response that counts, one row each.</summary>
internal static class LongTable
{
    private const string Value = "v.value_text";

    private static readonly GeneratedColumn[] Columns =
    [
        new("response_id", "Id of the response.", "text", "id", ["not_null"]),
        new("questionnaire", "Last segment of the questionnaire's canonical, without its version.", "text", "safe"),
        .. WideTable.Keys.Skip(1),
        new("status", "Status of the response.", "text", "safe"),
        new("link_id", "The item's linkId; null when the response has no items.", "text", "safe"),
        new("item_path", "The item's place in the response, such as item[1].answer[0].item[2].", "text", "safe"),
        new("link_path", "The linkIds from the outermost group to the item, joined by /: the same for all repeats of a group.", "text", "safe"),
        new("item_order", "The item's number in document order, from 1.", "integer", "safe"),
        new("answer_index", "The answer's number within its item, from 1; null when there is none.", "integer", "safe"),
        new("value_type", "FHIR's type of the answer: boolean, decimal, integer, date, dateTime, time, string, uri, attachment, coding, "
            + "quantity, reference.", "text", "safe"),
        new("value_boolean", "A boolean answer.", "boolean"),
        new("value_decimal", "A decimal or a quantity's number; of a coded answer, its ordinal value when it carries one.", "numeric"),
        new("value_integer", "A whole number.", "bigint"),
        new("value_date", "The day of a date or dateTime as written; null for a partial one.", "date"),
        new("value_datetime", "The instant of a dateTime: midnight when it has no clock time, UTC when it has no zone; null for a partial "
            + "one.", "timestamptz"),
        new("value_time", "A time of day.", "time"),
        new("value_text", "Every answer as text: a coding's display or else code, a quantity's number, a reference's id, an attachment's "
            + "URL or else title.", "text"),
        new("value_code", "Code of a coding or of a quantity's unit.", "text"),
        new("value_system", "System of the code.", "text"),
        new("value_display", "Display of a coding or reference, title of an attachment.", "text"),
        new("value_reference", "A reference as written.", "text"),
        new("value_unit", "Unit of a quantity.", "text"),
    ];

    public static GeneratedModel Of(QuestionnairesConfig config, ResponsesTable responses) => new(
        config.LongTable,
        config.LongFolder,
        Template(config, responses),
        Configuration(config),
        Columns,
        config.At,
        "Every answer of every questionnaire response that counts, one row each, nested items included.");

    private static Dictionary<string, object?> Configuration(QuestionnairesConfig config)
    {
        var keys = new Dictionary<string, object?> { ["materialized"] = config.Materialized };
        if (config.Materialized == "view") return keys;
        keys["indexes"] = new List<object?>
        {
            new Dictionary<string, object?> { ["columns"] = new List<object?> { "questionnaire", "response_id" } },
            new Dictionary<string, object?> { ["columns"] = new List<object?> { "response_id" } },
        };
        return keys;
    }

    private static string Template(QuestionnairesConfig config, ResponsesTable responses) => SqlTemplate.Fill(
        "Fhir/int_qr_answers_long.sql",
        ("id", Identifier.Quote(responses.Id)),
        ("document", Identifier.Quote(responses.Document)),
        ("organization", Organization(config.Organization, $"r.{Identifier.Quote(responses.Document)}")),
        ("authored", SafeCast.Timestamp("d.authored")),
        ("responses", responses.Relation),
        ("statuses", string.Join(", ", config.CountedStatuses.Select(SqlTemplate.Literal))),
        ("not_deleted", responses.Deleted is { } deleted ? $"\n        and not r.{Identifier.Quote(deleted)}" : ""),
        ("numeric", SafeCast.Numeric(Value)),
        ("ordinal", $"case when v.value ? 'extension' then {SafeCast.Numeric(Ordinal)} end"),
        ("bigint", SafeCast.BigInt(Value)),
        ("date", SafeCast.Date(Value)),
        ("timestamptz", SafeCast.Timestamp(Value)),
        ("time", SafeCast.Time(Value)));

    /// <summary>FHIR R4's ordinalValue and R5's itemWeight, on the coding.</summary>
    private const string Ordinal =
        """
        (jsonb_path_query_first(
                    v.value,
                    '$.extension[*] ? (@.url == $r4 || @.url == $r5).valueDecimal',
                    '{"r4": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "r5": "http://hl7.org/fhir/StructureDefinition/itemWeight"}',
                    true) #>> '{}')
        """;

    private static string Organization(string? where, string document) => where switch
    {
        null => "null::text",
        ['$', ..] => Id($"jsonb_path_query_first({document}, {SqlTemplate.Literal(where)}, '{{}}', true)"),
        _ => Id($"jsonb_path_query_first(d.extension, '$[*] ? (@.url == $url).valueReference.reference', "
            + $"jsonb_build_object('url', {SqlTemplate.Literal(where)}), true)"),
    };

    private static string Id(string reference) =>
        $"substring({reference} #>> '{{}}' from '(?:^|Organization/)([^/|?#]+)(?:/_history/[^/]+)?$')";
}
