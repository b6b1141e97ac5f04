namespace Tributary.Core.Graph;

/// <summary>Which project and target a control row or lock belongs to, so that several share one warehouse.</summary>
public readonly record struct ProjectKey(string Project, string Target)
{
    public override string ToString() => $"{Project}/{Target}";
}
