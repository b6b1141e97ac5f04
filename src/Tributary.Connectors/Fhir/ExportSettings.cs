using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>What a bulk export is to hold.</summary>
public sealed record ExportSettings(
    [Description("system, patient (what belongs to any patient) or group (what belongs to the members of one).")] ExportLevel Level = ExportLevel.System,
    [Description("The group's id, for level group.")] string? Group = null);

/// <summary>Whose resources a bulk export holds.</summary>
public enum ExportLevel
{
    System,
    Patient,
    Group,
}
