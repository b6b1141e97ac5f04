using Tributary.Connectors.Fhir;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>One server's manners, changes and faults, all from a seed.</summary>
internal sealed class FhirRandomHistory
{
    private static readonly TimeSpan[] Grains = [TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)];

    private readonly FhirLoads loads;
    private readonly Random random;
    private readonly string words;

    public FhirRandomHistory(FhirLoads loads, int seed)
    {
        this.loads = loads;
        random = new Random(seed);
        var (manners, store) = (loads.Server.Manners, loads.Server.Store);
        manners.Paging = (FhirPaging)random.Next(3);
        manners.HeedsSort = manners.Paging == FhirPaging.None || random.Next(8) > 0;
        manners.OffersHistory = random.Next(2) == 0;
        manners.OffersExport = random.Next(3) == 0;
        manners.DatesTombstones = random.Next(2) == 0;
        manners.LinksLast = random.Next(2) == 0;
        manners.GivesTwice = random.Next(4) == 0;
        manners.MostOnPage = random.Next(3) == 0 ? 4 : 1000;
        manners.DateAhead = TimeSpan.FromSeconds(random.Next(-15, 16));
        manners.TellsDate = random.Next(8) > 0 || !manners.HeedsSort;
        store.Grain = Grains[random.Next(3)];
        // Where there are no next links, no more may carry one instant than a page holds.
        if (manners.Paging == FhirPaging.None) (manners.MostOnPage, store.Grain) = (1000, Grains[random.Next(2)]);
        var keepsHistory = random.Next(2) == 0;
        loads.Source = loads.Source with
        {
            Load = loads.Source.Load with { History = keepsHistory, BatchBytes = new(random.Next(2) == 0 ? 1000 : 8_000_000) },
            Deletions = random.Next(3) == 0 ? DeletionMode.Reconcile : DeletionMode.Auto,
            Mode = manners.OffersExport && random.Next(3) == 0 ? ReadingMode.Export : ReadingMode.Auto,
            ReconcileEvery = TimeSpan.Zero,
        };
        words = $"paging {manners.Paging} of {manners.MostOnPage}, sorts {manners.HeedsSort}, history {manners.OffersHistory} kept {keepsHistory}, "
            + $"export {manners.OffersExport}, date {manners.TellsDate} {manners.DateAhead}, grain {store.Grain}, {loads.Source.Mode}, {loads.Source.Deletions}";
    }

    public override string ToString() => words;

    /// <summary>Creates, updates and deletes, several at one instant, some seen later than they were written.</summary>
    public void Change(int steps)
    {
        lock (random)
        {
            for (var step = 0; step < steps; step++)
            {
                var id = $"p{random.Next(40)}";
                if (random.Next(5) == 0) loads.Server.Store.Delete("Patient", id);
                else loads.Server.Store.Put("Patient", id, $"{random.Next()}", TimeSpan.FromSeconds(random.Next(4) == 0 ? random.Next(10) : 0));
                if (random.Next(2) == 0) loads.Server.Store.Tick(TimeSpan.FromSeconds(random.Next(1, 200)));
            }
        }
    }

    /// <summary>From now on any request may fail, change the server or be the last one before an interrupt.</summary>
    public void Disturb(CancellationTokenSource interrupt) => loads.Server.Fault = (_, address) =>
    {
        lock (random)
        {
            if (random.Next(4) == 0) Change(random.Next(1, 4));
            if (random.Next(30) == 0) interrupt.Cancel();
            return random.Next(5) == 0 ? FaultOf(address) : null;
        }
    };

    /// <summary>Nothing fails or changes any more, and some time has gone by.</summary>
    public void Quieten()
    {
        loads.Server.Fault = static (_, _) => null;
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
    }

    private FhirFault FaultOf(string address) => random.Next(6) switch
    {
        0 => new FhirFault(429) { RetryAfter = "3" },
        1 => new FhirFault(503),
        2 => new FhirFault(500),
        3 when address.Contains("/page", StringComparison.Ordinal) || address.Contains("/jobs/", StringComparison.Ordinal) => new FhirFault(410),
        3 when address.Contains("/files/", StringComparison.Ordinal) => new FhirFault(404),
        _ => new FhirFault { CutAt = random.NextDouble() },
    };
}
