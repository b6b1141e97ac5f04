using Tributary.Core.Models;
using Tributary.Core.Models.Caching;
using Tributary.Core.Text;

namespace Tributary.Tests.Models.Caching;

/// <summary>A dbt project with a parse cache, and a full picture of what parsing makes of it.</summary>
internal sealed class CachedFolder : IDisposable
{
    private const string Files = """
        --- dbt_project.yml
        name: shop
        profile: shop
        vars: {least: 3}
        models:
          shop:
            marts: {+materialized: table}
        --- models/stg.sql
        {{ config(tags=['raw']) }} select {{ shout('id') }} from {{ source('raw', 'orders') }} where n > {{ var('least') }}
        --- models/marts/daily.sql
        select * from {{ ref('stg') }} -- {{ env_var('REGION', 'none') }}
        --- models/schema.yml
        sources:
          - name: raw
            tables: [{name: orders}]
        models:
          - name: stg
            description: "{{ doc('stg') }}"
            columns: [{name: id, tests: [unique, {accepted_values: {values: [1, 2]}}]}]
        --- models/words.md
        {% docs stg %}Orders as they came.{% enddocs %}
        --- macros/m.sql
        {% macro shout(a) %}upper({{ a }}::text){% endmacro %}
        --- seeds/lands.csv
        id,name
        --- tests/none.sql
        select 1 from {{ ref('daily') }} where false
        --- dbt_packages/tools/dbt_project.yml
        name: tools
        --- dbt_packages/tools/macros/t.sql
        {% macro twice(a) %}{{ a }}{{ a }}{% endmacro %}

        """;

    public CachedFolder(string files = Files)
    {
        Folder = new DbtFolder(files);
        Folder.CacheFolder = Path.Combine(Folder.Path, ".tributary", "cache");
    }

    public DbtFolder Folder { get; }

    public string CacheFile => Path.Combine(Folder.CacheFolder!, $"parse-{Folder.Target.Name}.bin");

    /// <summary>Parses with the cache: whether it was hit, and the picture.</summary>
    public (bool Hit, string Picture) Parse()
    {
        try
        {
            var files = Folder.Read();
            return (files.Cached is not null, Picture(ModelProject.Load(files, [])));
        }
        catch (UserErrorException wrong)
        {
            return (false, string.Join('\n', wrong.Errors));
        }
    }

    /// <summary>The picture without any cache.</summary>
    public string ParseCold()
    {
        var kept = Folder.CacheFolder;
        Folder.CacheFolder = null;
        var picture = Parse().Picture;
        Folder.CacheFolder = kept;
        return picture;
    }

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder.Path, file));

    public void Delete(string file) => File.Delete(Path.Combine(Folder.Path, file));

    public void Move(string file, string to) => File.Move(Path.Combine(Folder.Path, file), Path.Combine(Folder.Path, to));

    public void Dispose() => Folder.Dispose();

    /// <summary>Every field of everything.</summary>
    private static string Picture(ModelProject project) => Convert.ToHexString(ParseCache.Bytes(project.Parsed, project.Parsed.Settings));
}
