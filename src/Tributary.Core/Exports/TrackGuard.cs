using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>Personal data can never go where it must not: what an export may hold, where it may go, and from which target.</summary>
internal static class TrackGuard
{
    public static void Check(Export export, Destination destination, Problems problems)
    {
        if (destination.Tracks.Contains(export.Track)) return;
        problems.Add(ErrorCodes.TrackRefused, export.At,
            $"Export '{export.Name}' is of track {Word(export.Track)}, and destination '{destination.Name}' may hold only {Words(destination.Tracks)}.",
            "Send it to a destination whose `tracks:` lists this track.");
    }

    /// <summary>Whoever may read a place may read what lies below it: places of different tracks must lie apart.</summary>
    public static void CheckPlaces(IEnumerable<Destination> destinations, Problems problems)
    {
        var known = destinations.ToList();
        for (var i = 0; i < known.Count; i++)
        {
            foreach (var other in known.Skip(i + 1).Where(other => Overlap(known[i], other) && AreApart(known[i], other)))
            {
                problems.Add(ErrorCodes.TrackRefused, other.At,
                    $"Destinations '{known[i].Name}' ({Words(known[i].Tracks)}) and '{other.Name}' ({Words(other.Tracks)}) are the same place, or one lies in the other.",
                    "Give each set of tracks a bucket or folder of its own.");
            }
        }
    }

    /// <summary>Whether two destinations are for different readers.</summary>
    public static bool AreApart(Destination one, Destination other) => !one.Tracks.ToHashSet().SetEquals(other.Tracks);

    private static bool Overlap(Destination one, Destination other) =>
        one.Place.StartsWith(other.Place, StringComparison.Ordinal) || other.Place.StartsWith(one.Place, StringComparison.Ordinal);

    /// <summary>
    /// Why this target may not run the export; null when it may. No mistake in the project: a developer builds with the same files,
    /// and only running the export is refused.
    /// </summary>
    public static UserError? Refusal(Export export, Destination destination, ExportTarget target)
    {
        if (target.MayUse(destination)) return null;
        if (destination.Production && !target.IsProduction)
        {
            return new UserError(ErrorCodes.TrackRefused, export.At,
                $"Export '{export.Name}' goes to '{destination.Name}', which is for production, and target '{target.Name}' is not.",
                "Choose the production target (--target), or a destination for trying things out.");
        }
        return new UserError(ErrorCodes.TrackRefused, export.At,
            $"Export '{export.Name}' goes to '{destination.Name}', and target '{target.Name}' may use only {string.Join(", ", target.Destinations ?? [])}.",
            "Add it to the target's `destinations:` or export to another one.");
    }

    /// <summary>A relation may leave on its own track and on those that fewer people see.</summary>
    public static void Check(Export export, ExportRelation relation, Problems problems)
    {
        if (relation.Track >= export.Track) return;
        problems.Add(ErrorCodes.TrackRefused, export.At,
            $"'{relation.Name}' is of track {Word(relation.Track)} and cannot leave in export '{export.Name}' of track {Word(export.Track)}.",
            relation.Track == Track.Pii
                ? "Export its anonymous twin (`privacy: anonymous:` in tributary.yml), or class all its columns `safe`."
                : "Move it to an export of its own track.");
    }

    public static string Word(Track track) => Identifier.Snake(track.ToString());

    public static string Words(IReadOnlyList<Track> tracks) => tracks.Count == 0 ? "nothing" : string.Join(", ", tracks.Select(Word));
}
