using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;

namespace Tributary.Core.Fhir.Views;

/// <summary>Constants of a view as SQL literals; those that are texts also as they are written.</summary>
internal static class ConstantLiterals
{
    public static (IReadOnlyDictionary<string, PathValue.Scalar> Values, IReadOnlyDictionary<string, string> Texts) Of(IReadOnlyList<ViewConstant> constants)
    {
        var values = new Dictionary<string, PathValue.Scalar>(StringComparer.Ordinal);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var constant in constants)
        {
            var kind = FhirTypes.KindOfType(constant.Type);
            values[constant.Name] = kind is PathKind.Boolean or PathKind.Integer or PathKind.Decimal
                ? new PathValue.Scalar(Number(constant.Value), kind)
                : Literals.Text(constant.Value, kind);
            if (kind == PathKind.String) texts[constant.Name] = constant.Value;
        }
        return (values, texts);
    }

    /// <summary>The reader has checked its form; a sign must not join the operator before it.</summary>
    private static string Number(string text) => text.StartsWith('-') ? $"({text})" : text;
}
