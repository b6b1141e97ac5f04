using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary><c>api.Column</c> in templates: called, it makes a column; its members translate and build types.</summary>
internal sealed class ColumnFactory : ContextObject, ICallable
{
    private static readonly Function Make = Method("Column", "column, dtype, char_size=None, numeric_precision=None, numeric_scale=None",
        a => new ColumnValue(a.Text(0), a.Text(1), a[2] as long?, a[3] as long?, a[4] as long?));

    private static readonly MemberTable<ColumnFactory> Members = new()
    {
        ["create"] = _ => Method("create", "name, label_or_dtype", a => new ColumnValue(a.Text(0), ColumnValue.Translate(a.Text(1)))),
        ["translate_type"] = _ => Method("translate_type", "dtype", a => ColumnValue.Translate(a.Text(0))),
        ["string_type"] = _ => Method("string_type", "size", a => $"character varying({PythonText.Of(a[0])})"),
        ["numeric_type"] = _ => Method("numeric_type", "dtype, precision, scale", a => NumericType(a.Text(0), a[1], a[2])),
        ["from_description"] = _ => Method("from_description", "name, raw_data_type", a => ColumnValue.FromDescription(a.Text(0), a.Text(1))),
    };

    public override string TypeName => "Column";

    public object? Call(CallArguments arguments) => Make.Call(arguments);

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    private static string NumericType(string type, object? precision, object? scale) =>
        precision is null || scale is null ? type : $"{type}({PythonText.Of(precision)},{PythonText.Of(scale)})";
}
