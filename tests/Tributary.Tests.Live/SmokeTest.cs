namespace Tributary.Tests.Live;

public sealed class SmokeTest
{
    [Fact]
    public void Runs() => Assert.True(true);
}
