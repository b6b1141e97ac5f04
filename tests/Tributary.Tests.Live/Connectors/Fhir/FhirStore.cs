using System.Globalization;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>The resources of a FHIR server with all their versions, and its clock, which stands still until it is told to go.</summary>
internal sealed class FhirStore
{
    private readonly List<FhirVersion> versions = [];

    public Lock Gate { get; } = new();

    public DateTime Now { get; set; } = new(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Times are cut to this, as servers do that keep whole seconds.</summary>
    public TimeSpan Grain { get; set; } = TimeSpan.FromMilliseconds(1);

    public IReadOnlyList<FhirVersion> Versions
    {
        get
        {
            lock (Gate) return [.. versions];
        }
    }

    public void Tick(TimeSpan by)
    {
        lock (Gate) Now += by;
    }

    /// <summary>Creates or updates; <paramref name="late"/> is by how much the time that is written lies behind the clock.</summary>
    public void Put(string type, string id, string note, TimeSpan late = default) => Write(type, id, note, isDeleted: false, late);

    public void Delete(string type, string id) => Write(type, id, "", isDeleted: true, default);

    /// <summary>Puts text in as it is, under a time.</summary>
    public void PutRaw(string type, string id, string json)
    {
        lock (Gate) versions.Add(new FhirVersion(type, id, 1, Stamp(default), false, json));
    }

    /// <summary>What is there now, in order of time.</summary>
    public List<FhirVersion> Current(string type)
    {
        lock (Gate)
        {
            return [.. versions.Where(version => version.Type == type).GroupBy(version => version.Id).Select(group => group.Last())
                .Where(version => !version.IsDeleted).OrderBy(version => version.At).ThenBy(version => version.Id, StringComparer.Ordinal)];
        }
    }

    private void Write(string type, string id, string note, bool isDeleted, TimeSpan late)
    {
        lock (Gate)
        {
            var last = versions.FindLast(version => version.Type == type && version.Id == id);
            if (isDeleted && last is null or { IsDeleted: true }) return;
            var at = Stamp(late);
            if (at < last?.At) at = last.At; // a record's own versions never go back in time
            var number = (last?.Version ?? 0) + 1;
            versions.Add(new FhirVersion(type, id, number, at, isDeleted, isDeleted ? "" : Json(type, id, number, at, note)));
        }
    }

    private DateTime Stamp(TimeSpan late)
    {
        var at = Now - late;
        return new DateTime(at.Ticks - at.Ticks % Grain.Ticks, DateTimeKind.Utc);
    }

    public static string Text(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    // Blanks that a parser would lose show whether the bytes pass as they came.
    private static string Json(string type, string id, int version, DateTime at, string note) =>
        $$"""{"resourceType":"{{type}}", "id":"{{id}}",  "meta":{"versionId":"{{version}}","lastUpdated":"{{Text(at)}}"},"note":"{{note}}"}""";
}

/// <summary>One version of one resource; a deletion has no document.</summary>
internal sealed record FhirVersion(string Type, string Id, int Version, DateTime At, bool IsDeleted, string Json);
