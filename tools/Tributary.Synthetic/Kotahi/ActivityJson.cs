using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tributary.Synthetic.Kotahi;

/// <summary>Writes CustomJSONData: other fields for each type of activity, and other names and types over time.</summary>
internal sealed class ActivityJson : IDisposable
{
    private static readonly DateTime Renamed = new(2024, 1, 1), Typed = new(2024, 7, 1), Approved = new(2025, 6, 1);

    private readonly ArrayBufferWriter<byte> _text = new(1024);
    private readonly Utf8JsonWriter _json;

    public ActivityJson() => _json = new Utf8JsonWriter(_text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <summary>The document of an activity; one that is to be damaged has a comment that can be.</summary>
    public ReadOnlySpan<byte> Write(int type, DateTime entered, Chance chance, bool toDamage)
    {
        _text.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        WriteFields(type, entered, chance);
        if (toDamage) _json.WriteString("Comment", "he said \"hello\" twice,\nthen \"goodbye now\"");
        else if (chance.Happens(0.2)) _json.WriteString("Comment", chance.Pick(KotahiWords.Sentences));
        _json.WriteEndObject();
        _json.Flush();
        return _text.WrittenSpan;
    }

    public void Dispose() => _json.Dispose();

    private void WriteFields(int type, DateTime entered, Chance chance)
    {
        switch (type)
        {
            case 1 or 4:
                _json.WriteString("Outcome", chance.Pick(["Reached", "No answer", "Message left"]));
                break;
            case 2:
                _json.WriteString("VisitLocation", chance.Pick(KotahiWords.Localities));
                _json.WriteStartArray("Present");
                for (var i = chance.Below(4); i > 0; i--) _json.WriteStringValue(chance.Pick(["mother", "father", "child", "nan"]));
                _json.WriteEndArray();
                _json.WriteString("Summary", chance.Pick(KotahiWords.Sentences));
                break;
            case 3:
                _json.WriteString("Narrative", $"CONFIDENTIAL {chance.Pick(KotahiWords.Given)}: {chance.Pick(KotahiWords.Sentences)}");
                break;
            case 5 or 33:
                _json.WriteString("DischargeReason", chance.Pick(KotahiWords.Exits));
                _json.WriteNumber("GoalsMet", chance.Below(5));
                break;
            case 8:
                WriteScores(entered, chance);
                break;
            case 12:
                _json.WriteString("Domain", chance.Pick(KotahiWords.Domains));
                _json.WriteNumber("Progress", chance.Below(11));
                break;
            case 14:
                _json.WriteNumber("Attended", chance.Between(2, 12));
                break;
            case 20:
                _json.WriteString("ReferredTo", chance.Pick(KotahiWords.Services).Name);
                _json.WriteBoolean("Urgent", chance.Happens(0.2));
                break;
            case 21 or 22 or 23:
                _json.WriteString("Pathway", KotahiWords.Services[chance.Between(1, 6)].Name);
                if (type == 23) _json.WriteString("Stage", chance.Pick(["Started", "In progress", "Achieved"]));
                break;
            case 27:
                WriteRequest(entered, chance);
                break;
            case 40:
                _json.WriteNumber("IncomeWeekly", chance.Below(180_000) / 100m);
                _json.WriteString("DebtTotal", Amount(chance));
                break;
            case ActivityKind.New:
                _json.WriteString("Kōrero", $"CONFIDENTIAL {chance.Pick(KotahiWords.Given)} told a story");
                _json.WriteNumber("People", chance.Between(2, 9));
                break;
        }
    }

    private void WriteScores(DateTime entered, Chance chance)
    {
        var (risk, need) = (chance.Below(11), chance.Below(11));
        if (entered < Typed)
        {
            _json.WriteString("RiskScore", risk.ToString(CultureInfo.InvariantCulture));
            _json.WriteString("NeedScore", chance.Happens(0.03) ? "N/A" : need.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            _json.WriteNumber("RiskScore", risk);
            _json.WriteNumber("NeedScore", need);
        }
    }

    /// <summary>Product1 was the name before 2024; amounts were text until July 2024; ApprovedBy came in June 2025.</summary>
    private void WriteRequest(DateTime entered, Chance chance)
    {
        _json.WriteString("RequestDate", chance.Below(60) switch { 0 => "", 1 => "N/A", _ => entered.ToString(entered < Renamed ? "dd/MM/yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture) });
        _json.WriteString(entered < Renamed ? "Product1" : "RequestProduct1", chance.Pick(KotahiWords.Products));
        if (entered < Typed) _json.WriteString("RequestAmountTotal", Amount(chance));
        else _json.WriteNumber("RequestAmountTotal", chance.Below(250_000) / 100m);
        if (entered >= Approved) _json.WriteString("RequestApprovedBy", $"user {chance.Below(100)}");
    }

    private static string Amount(Chance chance) => (chance.Below(500_000) / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
}
