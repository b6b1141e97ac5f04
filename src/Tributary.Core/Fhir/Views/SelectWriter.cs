using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// Writes selection structures into a SELECT (SQL-on-FHIR, "Processing Algorithm"). A <c>guard</c> is the condition that the nearest
/// <c>forEachOrNull</c> found an item: without one, everything below is NULL and the row stays.
/// </summary>
internal sealed class SelectWriter(ColumnForm form, bool usesIndex, Action<ViewExpression, Action> report)
{
    public void Add(ViewSelect select, PathScope scope, string? guard, SqlBlock block)
    {
        if (select.Iteration is { } iteration)
        {
            if (Iterate(iteration, scope with { Names = scope.Names.For($"{iteration.Name} '{(iteration.Paths is [var first, ..] ? first.Text : "")}'") }, guard, block) is not { } inner) return;
            (scope, guard) = inner;
        }
        foreach (var column in select.Columns) report(column.Path, () => block.Columns.Add(Column(column, scope, guard)));
        foreach (var inner in select.Selects) Add(inner, scope, guard, block);
        if (select.Union.Count > 0) AddUnion(select.Union, scope, guard, block);
    }

    /// <summary>Null when the path is wrong, which has been told.</summary>
    private (PathScope Scope, string? Guard)? Iterate(ViewIteration iteration, PathScope scope, string? guard, SqlBlock block)
    {
        var mayMiss = iteration.KeepsEmpty || guard is not null;
        var needsPlace = usesIndex || mayMiss;
        var alias = scope.Names.Next("f");
        (string Rows, PathValue.Items Items)? found = null;
        if (iteration.IsRepeat) found = RepeatWriter.Write(iteration.Paths, scope, needsPlace, report);
        else report(iteration.Paths[0], () => found = ForEach(iteration.Paths[0].Text, scope, needsPlace));
        if (found is not { } iterated) return null;
        var columns = needsPlace ? "(item, place)" : "(item)";
        if (block.From.Count == 0) block.From.Add($"(select) as {scope.Names.Next("o")}");
        block.From.Add(mayMiss ? $"left join lateral {iterated.Rows} as {alias}{columns} on true" : $"cross join lateral {iterated.Rows} as {alias}{columns}");
        if (guard is not null && !iteration.KeepsEmpty) block.Where.Add($"({alias}.place is not null or ({guard}) is not true)");
        var index = !needsPlace ? "0" : mayMiss ? $"coalesce({alias}.place - 1, 0)::int" : $"({alias}.place - 1)::int";
        var inner = scope.At(PathScope.Focus($"{alias}.item", iterated.Items.Element, iterated.Items.Kind)) with { RowIndex = index };
        return (inner, mayMiss ? $"{alias}.place is not null" : null);
    }

    private static (string, PathValue.Items) ForEach(string path, PathScope scope, bool needsPlace)
    {
        var items = Collections.Items(PathCompiler.Compile(path, scope), scope.Names);
        return (Collections.Rows(items) + (needsPlace ? " with ordinality" : ""), items);
    }

    private SqlColumn Column(ViewColumn column, PathScope outer, string? guard)
    {
        var scope = outer with { Names = outer.Names.For($"the column '{column.Name}'") };
        var value = PathCompiler.Compile(column.Path.Text, scope);
        var type = ColumnType.Of(column, value.Kind, form);
        if (column.AnsiType is { } wished && AnsiTypes.Find(wished) is null)
            throw new PathException(0, $"The column '{column.Name}' has a tag ansi/type that is not known.", Text.Nearest.Hint(wished, AnsiTypes.Names));
        var sql = column.IsCollection ? Many(value, type, scope.Names) : One(value, type, scope.Names);
        var isIndex = column.Path.Text.Trim() == "%rowIndex";
        return new SqlColumn(column.Name, guard is null || isIndex ? sql : $"case when {guard} then {sql} end", column.IsCollection && type.Read is not null ? type.Sql + "[]" : type.Sql);
    }

    private static string One(PathValue value, ColumnType type, SqlNames names)
    {
        if (type.Read is null) return Reads.Json(value, names);
        if (value is PathValue.Scalar { Kind: PathKind.Boolean } truth && type.Sql == "boolean") return truth.Sql;
        if (value is PathValue.Scalar { Kind: PathKind.Integer or PathKind.Decimal } number && type.Sql is "integer" or "bigint" or "numeric") return $"({number.Sql})::{type.Sql}";
        return type.Read(Reads.Text(value, names), names);
    }

    private static string Many(PathValue value, ColumnType type, SqlNames names)
    {
        if (type.Read is null) return $"coalesce({Collections.Array(value, names)}, '[]')";
        var item = names.Next("v");
        return $"array(select {type.Read($"({item} #>> '{{}}')", names)} from {Collections.Rows(Collections.Items(value, names))} as {item})";
    }

    private void AddUnion(IReadOnlyList<ViewSelect> branches, PathScope scope, string? guard, SqlBlock block)
    {
        var blocks = branches.Select(branch => Branch(branch, scope, guard)).ToList();
        var width = blocks.Min(branch => branch.Columns.Count);
        if (blocks.Any(branch => branch.Columns.Count != width)) return; // an expression is wrong, which has been told
        var types = Enumerable.Range(0, width).Select(i => Common([.. blocks.Select(branch => branch.Columns[i].Type)])).ToList();
        var alias = scope.Names.Next("u");
        var names = types.Select((_, i) => $"c{i + 1}").ToList();
        var marker = guard is null ? "" : ", present";
        var rows = string.Join("\n    union all\n", blocks.Select(branch => branch.Write("    ",
            [.. branch.Columns.Select((column, i) => Converted(column, types[i])), .. guard is null ? Array.Empty<string>() : ["true"]])));
        if (block.From.Count == 0) block.From.Add($"(select) as {scope.Names.Next("o")}");
        block.From.Add($"{(guard is null ? "cross" : "left")} join lateral (\n{rows}\n) as {alias}({string.Join(", ", names)}{marker}){(guard is null ? "" : " on true")}");
        if (guard is not null) block.Where.Add($"({alias}.present or ({guard}) is not true)");
        for (var i = 0; i < width; i++) block.Columns.Add(new SqlColumn(blocks[0].Columns[i].Name, Indexed(branches, i, alias, names[i], guard), types[i]));
    }

    private SqlBlock Branch(ViewSelect branch, PathScope scope, string? guard)
    {
        var block = new SqlBlock();
        if (guard is not null) block.Where.Add(guard);
        Add(branch, scope, guard: null, block);
        return block;
    }

    /// <summary>Where a union is missing altogether, the place in the iteration is still 0.</summary>
    private static string Indexed(IReadOnlyList<ViewSelect> branches, int i, string alias, string name, string? guard) =>
        guard is not null && branches[0].AllColumns.ElementAt(i).Path.Text.Trim() == "%rowIndex" ? $"case when {alias}.present then {alias}.{name} else '0' end" : $"{alias}.{name}";

    private string Common(IReadOnlyList<string> types) => types.Distinct().Count() == 1 ? types[0] : form == ColumnForm.Table ? "text" : "jsonb";

    private static string Converted(SqlColumn column, string type) =>
        column.Type == type ? column.Sql : type == "jsonb" ? $"to_jsonb({column.Sql})" : $"({column.Sql})::text";
}
