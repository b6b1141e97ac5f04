namespace Tributary.Core.Forms;

/// <summary>A form as one version of its definition has it. <paramref name="Form"/> is what reports carry in <c>form</c>.</summary>
public sealed record FormDefinition(string Form, bool IsSms, string Version, string Title, IReadOnlyList<FormField> Fields);
