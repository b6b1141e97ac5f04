using System.Text;

namespace Tributary.Synthetic.Kotahi;

/// <summary>Records that stand between the good ones and may not be taken as they are, each wrong in one way. Their keys are those of no good record.</summary>
internal static class FaultyRecord
{
    /// <summary>The ways of each dataset, and what has to become of the record.</summary>
    public static readonly IReadOnlyDictionary<string, (string Kind, string Outcome)[]> Of = new Dictionary<string, (string, string)[]>
    {
        [ActivityData.FileName] =
        [
            ("bad_date", "rejected"), ("bad_number", "nulled"), ("missing_key", "rejected"), ("bad_key", "rejected"), ("too_few_fields", "rejected"), ("too_many_fields", "rejected"),
            ("stray_quote", "rejected"), ("nul_byte", "rejected"), ("bad_utf8", "rejected"), ("json_truncated", "rejected"), ("json_not", "rejected"), ("json_nul", "rejected"),
        ],
        ["Clients"] = [("bad_date", "nulled"), ("missing_key", "rejected"), ("too_few_fields", "rejected"), ("bad_utf8", "rejected")],
        ["ClientTasks"] = [("unclosed_quote", "rejected")],
    };

    /// <summary>The bytes of one, without its line end.</summary>
    public static byte[] Make(string dataset, string kind, long key) => dataset switch
    {
        ActivityData.FileName => Activity(kind, key),
        "Clients" => Client(kind, key),
        _ => Bytes($"{key},1,1,\"never closed,2026-01-01,Open,"),
    };

    private static byte[] Activity(string kind, long key)
    {
        var (id, date, minutes, note, json) = ($"{key}", "2026-02-03 10:00:00", "15", "note", "\"{\"\"Outcome\"\":\"\"Reached\"\"}\"");
        switch (kind)
        {
            case "bad_date": date = "2026-02-30 10:00:00"; break;
            case "bad_number": minutes = "a quarter"; break;
            case "missing_key": id = ""; break;
            case "bad_key": id = $"A{key}"; break;
            case "too_few_fields": return Bytes($"{id},1,1,1,1");
            case "too_many_fields": json += ",1,2"; break;
            case "stray_quote": note = "\"he said \"hello\" and left\""; break;
            case "nul_byte": note = "a\0b"; break;
            case "bad_utf8": note = "caf\u0001"; break;
            case "json_truncated": json = "\"{\"\"Outcome\"\":\"\"Rea\""; break;
            case "json_not": json = "none given"; break;
            case "json_nul": json = "\"{\"\"Outcome\"\":\"\"a\\u0000b\"\"}\""; break;
        }
        return Bytes($"{id},1,1,1,1,,2026-02-03,{date},2026-02-03 10:00:00,{minutes},Done,{note},{json}");
    }

    private static byte[] Client(string kind, long key) => kind switch
    {
        "bad_date" => Bytes($"{key},,Test,Person,1990-02-31,F,1,,1,1,Ōtara,1 Street,,,2026-02-03 10:00:00,2026-02-03 10:00:00,0"),
        "missing_key" => Bytes(",,Test,Person,1990-02-01,F,1,,1,1,Ōtara,1 Street,,,2026-02-03 10:00:00,2026-02-03 10:00:00,0"),
        "bad_utf8" => Bytes($"{key},,Ren\u0001,Person,1990-02-01,F,1,,1,1,Ōtara,1 Street,,,2026-02-03 10:00:00,2026-02-03 10:00:00,0"),
        _ => Bytes($"{key},,Test"),
    };

    // 0x01 stands for the byte of é in CP1252, which is no UTF-8.
    private static byte[] Bytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan().Replace((byte)1, (byte)0xE9);
        return bytes;
    }
}
