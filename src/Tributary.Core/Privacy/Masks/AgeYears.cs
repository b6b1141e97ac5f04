using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy.Masks;

/// <summary>
/// The age in whole years on the day of the run's as-of instant; the column becomes <c>age_years</c>. Takes dates, timestamps and
/// FHIR's partial dates (<c>1980</c> counts as its first day); what is no date, or lies ahead, gives null.
/// </summary>
[Kind("age_years")]
[Description("The age in whole years as of the run's instant, in place of a birth date.")]
public sealed record AgeYears(
    [Description("Ages over this are one group: `over: 89` writes 90+. The column is text then.")] int? Over = null)
    : Mask
{
    public override string Expression(string column, MaskSettings settings)
    {
        // Both days as the number yyyymmdd: the difference without its last four digits is the age, and no text can raise an error.
        var today = $"{{{{ as_of_date({Identifier.Literal(settings.Zone)}) }}}}";
        var birth = $"rpad(replace(substring({TextOf(column)} from '^[0-9]{{4}}(?![0-9])(?:-[0-9]{{2}}){{0,2}}'), '-', ''), 8, '01')::int";
        var lived = $"((extract(year from {today}) * 10000 + extract(month from {today}) * 100 + extract(day from {today}))::int - {birth})";
        if (Over is not { } over) return $"case when {lived} >= 0 then {lived} / 10000 end";
        return string.Create(CultureInfo.InvariantCulture,
            $"case when {lived} / 10000 > {over} then '{over + 1}+' when {lived} >= 0 then ({lived} / 10000)::text end");
    }

    public override string NameOf(string column) => "age_years";

    public override string DataType => Over is null ? "integer" : "text";
}
