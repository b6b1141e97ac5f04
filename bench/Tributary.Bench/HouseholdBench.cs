using System.Globalization;
using Npgsql;
using Tributary.Bench.Dbt;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>
/// Households of the example kotahi (a model of the program, with its index, in a process of its own) against one sorted self-join of the
/// same relationships, turn by turn, medians.
/// </summary>
internal static class HouseholdBench
{
    /// <summary>Relationships within blocks of twelve people; two in a hundred join two blocks, so that there is one very large component too.</summary>
    private const string Ties = """
        create table public.ties as
        select p as a, case when i % 50 = 7 then 1 + (hashint8(i) & 2147483647) % {people} else least({people}, (p - 1) / 12 * 12 + 1 + (hashint8(i) & 2147483647) % 12) end as b
        from (select i, 1 + i % {people} as p from generate_series(1::bigint, 3 * {people}) as i) as numbered;
        vacuum analyze public.ties
        """;

    private const string SelfJoin = """
        set enable_hashjoin = off; set enable_nestloop = off;
        select count(*) from (select * from public.ties order by a) as x join (select * from public.ties order by b) as y on x.a = y.b
        """;

    private const string Model = "{{ config(materialized='connected_components', indexes=[{'columns': ['member'], 'unique': true}]) }}\nselect a, b from public.ties";

    public static async Task<int> RunAsync(string[] options)
    {
        var (people, rounds) = (LoadBench.Option(options, "--people", 1_000_000), LoadBench.Option(options, "--rounds", 3));
        await using var server = await ThrowawayServer.StartAsync(CancellationToken.None);
        await using var database = Database.At(server.Address, "bench");
        foreach (var sql in Ties.Replace("{people}", people.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Split(";\n"))
            await BenchLoads.ExecuteAsync(database, sql);
        var folder = Directory.CreateTempSubdirectory("tributary-bench-households");
        try
        {
            WriteProject(folder, server.Address);
            var (joins, models) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                joins.Add(await LoadBench.TimeAsync(() => BenchLoads.ExecuteAsync(database, SelfJoin)));
                models.Add(await LoadBench.TimeAsync(() => ProgramCall.RunAsync(folder.FullName, "run")));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}: self-join {joins[^1]:F2} s, households {models[^1]:F2} s"));
            }
            return RatioTable.Print([new Ratio($"households of {people} people", LoadBench.Median(models), LoadBench.Median(joins), 1 / 3.0)]);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static void WriteProject(DirectoryInfo folder, NpgsqlConnectionStringBuilder address)
    {
        var macro = Path.Combine("macros", "connected_components.sql");
        folder.CreateSubdirectory("models");
        folder.CreateSubdirectory("macros");
        File.Copy(Path.Combine(Repository.Root, "examples", "kotahi", macro), Path.Combine(folder.FullName, macro));
        File.WriteAllText(Path.Combine(folder.FullName, "models", "households.sql"), Model);
        File.WriteAllText(Path.Combine(folder.FullName, "dbt_project.yml"), "name: households\nversion: '1'\nconfig-version: 2\nprofile: households\n");
        File.WriteAllText(Path.Combine(folder.FullName, "profiles.yml"), $$"""
            households:
              target: dev
              outputs:
                dev: {type: postgres, host: {{address.Host}}, port: {{address.Port}}, user: {{address.Username}}, password: '{{address.Password}}', dbname: {{address.Database}}, schema: households, threads: 1}
            """);
    }
}
