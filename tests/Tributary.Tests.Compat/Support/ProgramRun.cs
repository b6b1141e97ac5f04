namespace Tributary.Tests.Compat.Support;

/// <summary>How one call of the program ended and what it printed.</summary>
internal sealed record ProgramRun(int ExitStatus, string Out, string Err)
{
    /// <summary>Fails the test with all that was printed unless the status is 0.</summary>
    public ProgramRun Ok() => Expect(0);

    public ProgramRun Expect(int status)
    {
        Assert.True(ExitStatus == status, $"exit status {ExitStatus}, expected {status}\n--- stdout\n{Out}\n--- stderr\n{Err}");
        return this;
    }
}
