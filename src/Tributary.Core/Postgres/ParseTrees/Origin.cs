namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>A column by numbers, on the way to a <see cref="ColumnOrigin"/>.</summary>
internal readonly record struct Origin(uint Relation, int Column, string? Path, bool IsTransformed)
{
    /// <summary>A recursive query would lengthen a path for ever.</summary>
    private const int LongestPath = 60;

    /// <summary>One step further into the document; a value that was computed has no path to go on with.</summary>
    public Origin Into(string step)
    {
        if (IsTransformed) return this;
        if (Path is null) return this with { Path = step };
        if (Path.Length > LongestPath || Path.EndsWith('*')) return Path.EndsWith('*') ? this : this with { Path = $"{Path}.*" };
        return this with { Path = step == JsonStep.Elements ? Path + step : $"{Path}.{step}" };
    }

    public Origin Transformed() => this with { IsTransformed = true };
}
