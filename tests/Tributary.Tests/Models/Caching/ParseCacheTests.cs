using System.Text;
using Tributary.Core.Models;
using Tributary.Core.Models.Caching;

namespace Tributary.Tests.Models.Caching;

/// <summary>A second call that finds nothing changed parses nothing; any change is seen; a broken cache counts for nothing.</summary>
public sealed class ParseCacheTests
{
    private static readonly Dictionary<string, Action<CachedFolder>> Changes = new()
    {
        ["a model's text"] = project => project.Write("models/stg.sql", "select 1 as id from {{ source('raw', 'orders') }}"),
        ["a letter of a model, with the same length"] = project => project.Write("models/marts/daily.sql", project.Read("models/marts/daily.sql").Replace("--", "- ", StringComparison.Ordinal)),
        ["a new model"] = project => project.Write("models/new.sql", "select 1 as id"),
        ["a model that is gone"] = project => project.Delete("tests/none.sql"),
        ["a file of another name"] = project => project.Move("models/words.md", "models/other_words.md"),
        ["a model of another name"] = project => project.Move("models/stg.sql", "models/stage.sql"),
        ["properties"] = project => project.Write("models/schema.yml", project.Read("models/schema.yml").Replace("unique", "not_null", StringComparison.Ordinal)),
        ["a docs block"] = project => project.Write("models/words.md", "{% docs stg %}Otherwise.{% enddocs %}"),
        ["a macro that a model calls"] = project => project.Write("macros/m.sql", "{% macro shout(a) %}{{ ref('lands') }}{{ a }}{% endmacro %}"),
        ["dbt_project.yml"] = project => project.Write("dbt_project.yml", project.Read("dbt_project.yml").Replace("table", "view", StringComparison.Ordinal)),
        ["a new seed"] = project => project.Write("seeds/towns.csv", "id\n"),
        ["an installed package's macro"] = project => project.Write("dbt_packages/tools/macros/t.sql", "{% macro thrice(a) %}{{ a }}{% endmacro %}"),
        ["a new package"] = project => project.Write("dbt_packages/more/dbt_project.yml", "name: more"),
        ["what is passed over"] = project => project.Write(".dbtignore", "lands.csv"),
        ["a variable of the command line"] = project => project.Folder.Vars["least"] = 5,
        ["a variable of the environment"] = project => project.Folder.Environment_["REGION"] = "north",
        ["the target's name"] = project => project.Folder.Target = project.Folder.Target with { Name = "prod" },
        ["the target's schema"] = project => project.Folder.Target = project.Folder.Target with { Schema = "other" },
        ["the profile"] = project => project.Folder.Target = project.Folder.Target with { ProfileName = "other" },
    };

    public static TheoryData<string> Kinds => [.. Changes.Keys];

    [Fact]
    public void Nothing_changed_means_nothing_is_parsed_and_all_is_the_same()
    {
        using var project = new CachedFolder();
        var cold = project.Parse();
        Assert.False(cold.Hit);
        var written = File.GetLastWriteTimeUtc(project.CacheFile);
        var warm = project.Parse();
        Assert.True(warm.Hit);
        Assert.Equal(cold.Picture, warm.Picture);
        Assert.Equal(cold.Picture, project.ParseCold());
        Assert.Equal(written, File.GetLastWriteTimeUtc(project.CacheFile));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_is_seen(string kind)
    {
        using var project = new CachedFolder();
        project.Parse();
        Changes[kind](project);
        var (hit, picture) = project.Parse();
        Assert.False(hit);
        Assert.Equal(project.ParseCold(), picture);
        if (!picture.Contains("TRB", StringComparison.Ordinal)) Assert.Equal((true, picture), project.Parse()); // what is wrong is not kept
    }

    [Fact]
    public void A_changed_variable_of_the_environment_that_nobody_reads_changes_nothing()
    {
        using var project = new CachedFolder();
        project.Parse();
        project.Folder.Environment_["OTHER"] = "1";
        Assert.True(project.Parse().Hit);
    }

    [Fact]
    public void The_verb_counts_only_where_a_template_asks_for_it()
    {
        using var project = new CachedFolder();
        project.Parse();
        project.Folder.Verb = "ls";
        Assert.True(project.Parse().Hit);
        project.Write("models/asks.sql", "{{ config(tags=[flags.WHICH]) }} select 1 as id");
        Assert.False(project.Parse().Hit);
        Assert.True(project.Parse().Hit);
        project.Folder.Verb = "run";
        Assert.False(project.Parse().Hit);
    }

    [Fact]
    public void The_clock_and_the_call_count_only_where_they_change_what_is_read()
    {
        using var project = new CachedFolder();
        project.Write("models/stamped.sql", "select '{{ run_started_at }}' as at, '{{ invocation_args_dict }}' as call from {{ ref('stg') }}");
        At(project, 1);
        Assert.False(project.Parse().Hit);
        At(project, 2);
        Assert.Equal((true, project.ParseCold()), project.Parse());
        project.Write("models/of_today.sql", "{{ config(tags=[run_started_at.strftime('%d')]) }} select 1 as id from {{ ref('stg') }}");
        Assert.False(project.Parse().Hit);
        Assert.True(project.Parse().Hit);
        At(project, 3);
        Assert.False(project.Parse().Hit);
        Assert.Equal((true, project.ParseCold()), project.Parse());
    }

    private static void At(CachedFolder project, int day) => project.Folder.Call = new CallFacts
    {
        StartedAt = new DateTimeOffset(2025, 6, day, 0, 0, 0, TimeSpan.Zero),
        Arguments = new Dictionary<string, object?> { ["select"] = $"{day}" },
    };

    [Fact]
    public void A_cache_of_another_build_of_the_engine_counts_for_nothing()
    {
        using var project = new CachedFolder();
        var cold = project.Parse().Picture;
        var (first, second, _) = CacheFile.Read(project.CacheFile)!.Value; // it was written right before
        var engine = Encoding.UTF8.GetBytes(typeof(ParseCache).Module.ModuleVersionId.ToString());
        var at = first.AsSpan().IndexOf(engine);
        Assert.True(at > 0);
        first[at] = first[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        CacheFile.Write(project.CacheFile, first, second);
        Assert.Equal((false, cold), project.Parse());
        Assert.True(project.Parse().Hit);
    }

    [Fact]
    public void A_broken_cache_is_written_anew()
    {
        using var project = new CachedFolder();
        var cold = project.Parse().Picture;
        var bytes = File.ReadAllBytes(project.CacheFile);
        var random = new Random(7);
        for (var round = 0; round < 24; round++)
        {
            File.WriteAllBytes(project.CacheFile, Spoiled(bytes, round, random));
            Assert.Equal((false, cold), project.Parse());
            Assert.True(project.Parse().Hit);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_only_costs_time()
    {
        using var project = new CachedFolder();
        project.Write(".tributary", "not a folder");
        var cold = project.Parse();
        Assert.Equal(cold, project.Parse());
    }

    [Fact]
    public void The_value_of_a_variable_is_not_written_down()
    {
        using var project = new CachedFolder();
        project.Folder.Environment_["REGION"] = "lorem-ipsum-dolor";
        project.Parse();
        Assert.True(project.Parse().Hit);
        Assert.True(File.ReadAllBytes(project.CacheFile).AsSpan().IndexOf("lorem-ipsum"u8) < 0);
    }

    [Fact]
    public async Task Many_at_once_do_not_disturb_one_another()
    {
        using var project = new CachedFolder();
        var cold = project.ParseCold();
        var pictures = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => project.Parse().Picture)));
        Assert.All(pictures, picture => Assert.Equal(cold, picture));
        Assert.True(project.Parse().Hit);
        Assert.Equal([".gitignore", "parse-dev.bin"], Directory.GetFiles(project.Folder.CacheFolder!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>Cut off, or some bytes turned into others, or something else altogether.</summary>
    private static byte[] Spoiled(byte[] bytes, int round, Random random)
    {
        if (round == 0) return [];
        if (round == 1) return "PK not ours"u8.ToArray();
        if (round % 2 == 0) return bytes[..random.Next(bytes.Length)];
        var spoiled = (byte[])bytes.Clone();
        for (var i = 0; i < round; i++) spoiled[random.Next(spoiled.Length)] ^= (byte)(1 + random.Next(255));
        return spoiled;
    }
}
