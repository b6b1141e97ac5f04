using System.Text;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>Asks templates for values: each expression becomes a row of one model, printed as dbt would print it.</summary>
internal static class Facts
{
    /// <summary>What each expression prints while the model runs, in order; <paramref name="before"/> stands in front, in the same template.</summary>
    public static async Task<string[]> OfAsync(DbtProject project, string before, params string[] expressions)
    {
        var model = new StringBuilder(before);
        for (var i = 0; i < expressions.Length; i++)
            model.Append(i == 0 ? "" : " union all ").Append("\nselect ").Append(i).Append(" as n, $f$").Append("{{ ").Append(expressions[i]).Append(" }}").Append("$f$ as v");
        project.Write("models/facts.sql", model.ToString());
        (await project.RunAsync("run", "--select", "facts")).Ok();
        return await project.LinesAsync("select v from dbt.facts order by n");
    }
}
