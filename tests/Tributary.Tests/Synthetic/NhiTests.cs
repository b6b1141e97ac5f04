using Tributary.Synthetic.Kotahi;

namespace Tributary.Tests.Synthetic;

public sealed class NhiTests
{
    [Theory, Requirement("K75")]
    [InlineData("ZZZ0016", true)]
    [InlineData("ZZZ0024", true)]
    [InlineData("ZAC5361", true)]
    [InlineData("JBX3656", true)]
    [InlineData("CGC2720", true)]
    [InlineData("ABC1235", true)]
    [InlineData("ZBN77VL", true)]
    [InlineData("ZXE24NV", true)]
    [InlineData("ZUA48EH", true)]
    [InlineData("ZZZ00AC", true)]
    [InlineData("ZZZ0044", false)]
    [InlineData("DAB8233", false)]
    [InlineData("ZZZ00AX", false)]
    [InlineData("ZGT56KB", false)]
    [InlineData("ZIO0016", false)]
    [InlineData("zzz0016", false)]
    public void The_check_digit_or_letter_decides(string text, bool isValid) => Assert.Equal(isValid, Nhi.IsValid(text));

    [Fact, Requirement("K75")]
    public void Made_numbers_are_valid_differ_and_begin_with_z()
    {
        var made = Enumerable.Range(0, 5_000).SelectMany(i => new[] { Nhi.Old(i * 100), Nhi.New(i * 250) }).OfType<string>().ToList();
        Assert.All(made, nhi => Assert.True(nhi[0] == 'Z' && Nhi.IsValid(nhi)));
        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.True(made.Count is > 9_000 and < 10_000);
    }
}
