using System.Runtime.CompilerServices;

namespace Tributary.Jinja.Values;

/// <summary>Turns a stack that is nearly used up into an error while there is still room to report it.</summary>
internal static class StackGuard
{
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new TemplateException("values or calls are nested too deeply");
    }
}
