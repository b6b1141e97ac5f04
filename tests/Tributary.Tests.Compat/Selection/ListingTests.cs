using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Selection;

/// <summary><c>ls</c> and the words of selections, through the command line.</summary>
public sealed class ListingTests
{
    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("seeds/item.csv", "id\n1\n");
        project.Write("models/staging/stg_item.sql", "{{ config(tags=['raw', 'night'], meta={'owner': 'ann', 'levels': ['a', 'b'], 'hot': true}) }} select id from {{ ref('item') }}");
        project.Write("models/staging/stg_order.sql", "select * from {{ source('web', 'order') }}");
        project.Write("models/marts/sales.sql", "{{ config(materialized='table', group='finance', access='public') }} select i.id from {{ ref('stg_item') }} i cross join {{ ref('stg_order') }}");
        project.Write("models/properties.yml", """
            version: 2
            groups: [{name: finance, owner: {name: Ann}}]
            sources:
              - {name: web, schema: web, tags: [raw], tables: [{name: order, columns: [{name: id, data_tests: [not_null]}]}]}
            models:
              - {name: sales, columns: [{name: id, data_tests: [unique, {relationships: {arguments: {to: ref('stg_item'), field: id}}}]}]}
            """);
        project.Write("tests/no_sales.sql", "select 1 from {{ ref('sales') }} where false");
        return project;
    }

    private static async Task<string> LinesAsync(DbtProject project, params string[] words) =>
        string.Join(' ', (await project.RunAsync(["ls", .. words])).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task All_kinds_are_listed_in_the_order_of_their_ids()
    {
        await using var project = await ShopAsync();
        Assert.Equal(
            "shop.marts.sales shop.staging.stg_item shop.staging.stg_order shop.item source:shop.web.order shop.no_sales shop.relationships_sales_id__id__ref_stg_item_ "
            + "shop.source_not_null_web_order_id shop.unique_sales_id",
            await LinesAsync(project));
    }

    [Theory]
    [InlineData("source:web+ --resource-type model", "shop.marts.sales shop.staging.stg_order")]
    [InlineData("+sales --resource-type source seed", "shop.item source:shop.web.order")]
    [InlineData("tag:raw --exclude-resource-type test", "shop.staging.stg_item source:shop.web.order")]
    [InlineData("config.meta.owner:ann --indirect-selection empty", "shop.staging.stg_item")]
    [InlineData("config.meta.levels:b --indirect-selection empty", "shop.staging.stg_item")]
    [InlineData("config.meta.hot:true --indirect-selection empty", "shop.staging.stg_item")]
    [InlineData("config.materialized:table --indirect-selection empty", "shop.marts.sales")]
    [InlineData("group:finance --indirect-selection empty", "shop.marts.sales")]
    [InlineData("access:public --indirect-selection empty", "shop.marts.sales")]
    [InlineData("path:models/staging --resource-type model", "shop.staging.stg_item shop.staging.stg_order")]
    [InlineData("models/staging/stg_i*.sql --resource-type model", "shop.staging.stg_item")]
    [InlineData("file:stg_item --resource-type model", "shop.staging.stg_item")]
    [InlineData("stg_item.sql --resource-type model", "shop.staging.stg_item")]
    [InlineData("models/properties.yml --resource-type model source", "shop.marts.sales source:shop.web.order")]
    [InlineData("test_type:singular", "shop.no_sales")]
    [InlineData("test_name:unique", "shop.unique_sales_id")]
    [InlineData("test_type:data,sales", "shop.no_sales shop.relationships_sales_id__id__ref_stg_item_ shop.unique_sales_id")]
    [InlineData("sales --indirect-selection cautious --resource-type test", "shop.no_sales shop.unique_sales_id")]
    [InlineData("sales --indirect-selection buildable --resource-type test", "shop.no_sales shop.relationships_sales_id__id__ref_stg_item_ shop.unique_sales_id")]
    [InlineData("resource_type:seed", "shop.item")]
    [InlineData("shop.staging --output name --resource-type model", "stg_item stg_order")]
    [InlineData("stg_item source:* --output path --resource-type model source", "models/staging/stg_item.sql models/properties.yml")]
    public async Task Words_choose(string words, string expected)
    {
        await using var project = await ShopAsync();
        Assert.Equal(expected, await LinesAsync(project, ["--select", .. words.Split(' ')]));
    }

    [Fact]
    public async Task Json_has_the_keys_that_are_asked_for()
    {
        await using var project = await ShopAsync();
        Assert.Equal("""{"name": "stg_item", "resource_type": "model"}""", (await project.RunAsync("ls", "--select", "stg_item", "--resource-type", "model", "--output", "json", "--output-keys", "name", "resource_type")).Ok().Out.Trim());
        Assert.Contains("\"unique_id\": \"model.shop.stg_item\"", (await project.RunAsync("list", "-m", "stg_item", "--output", "json")).Ok().Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_option_lists_models_alone()
    {
        await using var project = await ShopAsync();
        Assert.Equal("shop.marts.sales", await LinesAsync(project, "--models", "sales"));
    }

    [Fact]
    public async Task What_matches_nothing_is_a_warning()
    {
        await using var project = await ShopAsync();
        var run = (await project.RunAsync("run", "--select", "sale", "--no-use-colors", "--log-format", "json")).Ok();
        Assert.Contains("The selection criterion 'sale' does not match any enabled nodes", run.Err, StringComparison.Ordinal);
        Assert.Contains("Nothing to do", run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selectors_file_may_hold_a_default_and_templates()
    {
        await using var project = await ShopAsync();
        project.Write("selectors.yml", """
            selectors:
              - name: night
                default: "{{ target.name == 'dev' }}"
                definition: {method: tag, value: "{{ env_var('WHEN', 'night') }}", indirect_selection: empty}
              - name: all
                definition: {union: [{method: selector, value: night}, {method: source, value: '*'}]}
            """);
        Assert.Equal("shop.staging.stg_item", await LinesAsync(project));
        Assert.Equal("shop.staging.stg_item source:shop.web.order", await LinesAsync(project, "--selector", "all", "--exclude-resource-type", "test"));
        Assert.Contains("'night'", (await project.RunAsync("ls", "--selector", "nigth")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_of_an_earlier_run_choose()
    {
        await using var project = await ShopAsync();
        project.Write("earlier/run_results.json", """{"results": [{"unique_id": "model.shop.sales", "status": "error"}, {"unique_id": "model.shop.stg_item", "status": "success"}]}""");
        Assert.Equal("shop.marts.sales", await LinesAsync(project, "--select", "result:error", "--state", "earlier", "--resource-type", "model"));
        project.Environment["DBT_STATE"] = "earlier";
        Assert.Equal("shop.marts.sales shop.staging.stg_item", await LinesAsync(project, "--select", "1+result:error", "result:success", "--indirect-selection", "empty", "--resource-type", "model", "--exclude", "stg_order"));
    }
}
